/** @typedef {import('@playwright/test').Page} Page */
/** What tells that an act is done: elements of the selector are there, or their number is another. @typedef {{ appears: string } | { changes: string }} Sign */

/** An act that shows nothing after so long has failed. */
const PATIENCE = 20_000

/**
 * Milliseconds from the input (as the browser got it, before any code of the page) to the frame that shows what came of it.
 *
 * @param {Page} page
 * @param {Sign} sign
 * @param {() => Promise<unknown>} act ends with a key or with the pointer let go
 * @returns {Promise<number>}
 */
export async function timeAct(page, sign, act) {
  await page.evaluate(armed, { sign, patience: PATIENCE })
  await act()
  return page.evaluate(() => {
    const { benchAct } = window
    if (!benchAct) throw new Error('no act is timed')
    return benchAct
  })
}

/** Runs in the page: leaves a promise of the milliseconds behind. @param {{ sign: Sign, patience: number }} how */
function armed({ sign, patience }) {
  const selector = 'appears' in sign ? sign.appears : sign.changes
  // What changes its number has one parent, which counts its children itself: searching the page for each change would be timed too.
  const parent = 'changes' in sign ? document.querySelector(selector)?.parentElement : null
  const before = parent?.childElementCount ?? 0
  const isDone = () => {
    const last = parent ? parent.lastElementChild : document.querySelector(`:nth-last-child(1 of ${selector})`)
    // A card stands in the document before its size is known, but is not shown.
    const isShown = !(last instanceof HTMLElement && last.style.visibility === 'hidden')
    return isShown && (parent ? parent.childElementCount !== before : last !== null)
  }
  window.benchAct = new Promise((resolve, reject) => {
    let start = Number.NaN
    // The last input counts: a drag ends with letting go.
    const inputs = ['pointerup', 'keydown']
    const heard = (/** @type {Event} */ event) => {
      start = event.timeStamp
    }
    const observer = new MutationObserver(() => {
      if (!isDone()) return
      finish()
      // Painted is what stands in the document when the next frame is over: before any other work, which a timer would wait for too.
      requestAnimationFrame(() => {
        scheduler.postTask(() => resolve(performance.now() - start), { priority: 'user-blocking' })
      })
    })
    const timer = setTimeout(() => {
      finish()
      reject(new Error(`nothing came of it: ${selector}`))
    }, patience)
    const finish = () => {
      clearTimeout(timer)
      observer.disconnect()
      for (const type of inputs) removeEventListener(type, heard, true)
    }
    for (const type of inputs) addEventListener(type, heard, true)
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['style'] })
  })
}

/**
 * Where two elements that match lie nearest to the middle of the canvas, in pixels of the window.
 *
 * @param {Page} page
 * @param {string} selector
 */
export function nearestToMiddle(page, selector) {
  return page.evaluate((wanted) => {
    const pane = document.querySelector('.react-flow')?.getBoundingClientRect()
    if (!pane) throw new Error('there is no canvas')
    const places = [...document.querySelectorAll(wanted)].map((element) => {
      const { left, top, width, height } = element.getBoundingClientRect()
      return { x: left + width / 2, y: top + height / 2 }
    })
    const distance = (/** @type {{ x: number, y: number }} */ { x, y }) =>
      Math.hypot(x - pane.left - pane.width / 2, y - pane.top - pane.height / 2)
    return places.sort((a, b) => distance(a) - distance(b))
  }, selector)
}
