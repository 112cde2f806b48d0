import { build } from './build.mjs'
import { hasDisplay } from './setup/systemLibraries.mjs'
import { startVirtualDisplay } from './virtualDisplay.mjs'

/**
 * Runs before the end-to-end tests: the app as it is now is built, and where there is no display a virtual one is started,
 * which the returned function ends. (Playwright asks for a default export.)
 */
export default async function endToEndSetup() {
  await build(['engine', 'app'])
  if (hasDisplay()) return undefined
  const { display, stop } = await startVirtualDisplay()
  process.env.DISPLAY = display
  return stop
}
