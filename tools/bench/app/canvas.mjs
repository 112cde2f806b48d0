import { median } from '../statistics.mjs'
import { nearestToMiddle, timeAct } from './acts.mjs'
import { framesPerSecond, settled } from './gestures.mjs'
import { withApp } from './launch.mjs'
import { timeStart } from './start.mjs'

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./launch.mjs').Application} Application */
/** @typedef {import('../tables.mjs').Figure} Figure */

/** Size of the document. */
export const LARGE = { nodes: 500, wires: 800 }
const LIMITS = { fps: 50, act: 50, analysis: 30, opening: 1500, start: 2000 }

/**
 * How fast the window answers with a large model: everything is done as a person does it, and timed in the page from the input to the
 * frame that shows what came of it. A display must be there.
 *
 * @param {{ rounds: number, edits: number, file: string, analysis: readonly number[] }} what `file` holds the document; `analysis` in
 *   milliseconds; `edits`: rounds of edits, which swing more than what takes seconds
 * @returns {Promise<Figure[]>}
 */
export async function measureCanvas({ rounds, edits, file, analysis }) {
  const starts = []
  for (let round = 0; round < rounds; round++) starts.push(await timeStart())
  return [
    ...(await withApp([], ({ electron, page }) => measureEditor(electron, page, file, { rounds, edits }))),
    atMost('validation and shapes after an edit', median(analysis), LIMITS.analysis),
    atMost('app start to usable window', median(starts), LIMITS.start),
  ]
}

/**
 * @param {Application} electron
 * @param {Page} page
 * @param {string} file
 * @param {{ rounds: number, edits: number }} effort
 * @returns {Promise<Figure[]>}
 */
async function measureEditor(electron, page, file, { rounds, edits }) {
  await electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, file)
  const opening = await timeAct(page, { appears: '.react-flow__node' }, () =>
    page.getByRole('button', { name: 'Open a file' }).click(),
  )
  await page.getByRole('button', { name: 'Train', exact: true }).isEnabled()
  const figures = []
  for (const [view, keys] of [
    ['seen from afar', 'Control+1'],
    ['at 100 %', 'Control+0'],
  ]) {
    await page.keyboard.press(keys ?? '')
    await settled(page)
    for (const gesture of /** @type {const} */ (['drag', 'pan', 'zoom'])) {
      const speeds = []
      for (let round = 0; round < rounds; round++) speeds.push(await framesPerSecond(page, gesture))
      figures.push({
        name: `${gesture}, ${view}`,
        value: median(speeds),
        unit: 'fps',
        limit: LIMITS.fps,
        isAtLeast: true,
      })
    }
  }
  return [...figures, ...(await measureEdits(page, edits)), atMost('opening the document', opening, LIMITS.opening)]
}

/** Adds a node, wires it, and takes both back. @param {Page} page @param {number} rounds @returns {Promise<Figure[]>} */
async function measureEdits(page, rounds) {
  /** @type {Record<'added' | 'connected' | 'undone', number[]>} */
  const times = { added: [], connected: [], undone: [] }
  const nodes = '.react-flow__node'
  const wires = '[data-wire]'
  const dropout = page
    .getByRole('complementary', { name: 'Panel' })
    .getByRole('button', { name: 'Dropout', exact: true })
  const undo = () => page.keyboard.press('Control+z')
  // Zooming has left the view somewhere.
  await page.keyboard.press('Control+0')
  for (let round = 0; round < rounds; round++) {
    await settled(page)
    // With nothing selected the new node is joined to nothing.
    await page.getByRole('region', { name: 'Canvas' }).press('Escape')
    const before = new Set(await nodeIds(page))
    times.added.push(await timeAct(page, { changes: nodes }, () => dropout.click()))
    const id = (await nodeIds(page)).find((one) => !before.has(one))
    if (id === undefined) throw new Error('no card was added')
    await settled(page)
    times.connected.push(await timeAct(page, { changes: wires }, () => drawWire(page, id)))
    times.undone.push(await timeAct(page, { changes: wires }, undo))
    times.undone.push(await timeAct(page, { changes: nodes }, undo))
  }
  return [
    atMost('adding a node', median(times.added), LIMITS.act),
    atMost('connecting two nodes', median(times.connected), LIMITS.act),
    atMost('undoing either', median(times.undone), LIMITS.act),
  ]
}

/** @param {Page} page @returns {Promise<string[]>} */
function nodeIds(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('.react-flow__node')].map((node) => node.getAttribute('data-id') ?? ''),
  )
}

/**
 * From the other card nearest to the middle of the canvas to this one.
 *
 * @param {Page} page
 * @param {string} id of a card without wires
 */
async function drawWire(page, id) {
  const card = `.react-flow__node[data-id="${id}"]`
  const [from] = await nearestToMiddle(page, `.react-flow__node:not(${card}) .react-flow__handle.source`)
  const [to] = await nearestToMiddle(page, `${card} .react-flow__handle.target`)
  if (!from || !to) throw new Error('there are no two sockets to join')
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 })
  await page.mouse.move(to.x, to.y, { steps: 4 })
  await page.mouse.up()
}

/** @param {string} name @param {number} value milliseconds @param {number} limit @returns {Figure} */
function atMost(name, value, limit) {
  return { name, value, unit: 'ms', limit, isAtLeast: false }
}
