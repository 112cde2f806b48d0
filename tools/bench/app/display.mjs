import { hasDisplay } from '../../setup/systemLibraries.mjs'
import { startVirtualDisplay } from '../../virtualDisplay.mjs'

/**
 * Does something with a display: the one that is there, or a virtual one that ends with it.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withDisplay(work) {
  if (hasDisplay()) return work()
  const { display, stop } = await startVirtualDisplay()
  process.env.DISPLAY = display
  try {
    return await work()
  } finally {
    delete process.env.DISPLAY
    await stop()
  }
}
