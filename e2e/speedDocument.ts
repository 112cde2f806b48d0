import type { Model, UnrollDocument } from '../engine/document/schema'
import { sampleDocument } from './documents'

const COLUMNS = 25
const COLUMN = { width: 240, height: 88 }

/**
 * The weather sample with a model of `nodes` cards and `wires` wires (by default what the canvas must stay smooth with): columns of
 * Add and Dropout cards between the data and the forecast, each Add reading two cards of the column before.
 */
export async function largeDocument(nodes = 500, wires = 800): Promise<UnrollDocument> {
  const document = await sampleDocument('seattle-weather')
  const model: Model = { id: 'model-1', name: 'Large', nodes: {}, wires: {} }
  const positions: Record<string, { x: number; y: number }> = {}
  const add = (id: string, type: string, column: number, row: number, settings: Record<string, unknown> = {}): void => {
    model.nodes[id] = { type, settings }
    positions[id] = { x: column * COLUMN.width, y: row * COLUMN.height }
  }
  let count = 0
  const connect = (from: string, to: string, port = 'in'): void => {
    count += 1
    model.wires[`wire-${count}`] = { from: { node: from, port: 'out' }, to: { node: to, port } }
  }
  add('data', 'dataset', 0, 0)
  // Data set, last step, dense and forecast stand outside the columns; the last three take a wire each.
  const inner = nodes - 4
  const pairs = wires - 3 - inner
  const rows = Math.ceil(inner / COLUMNS)
  for (let index = 0; index < inner; index++) {
    const column = Math.floor(index / rows)
    const row = index % rows
    const id = `node-${index}`
    const before = (at: number): string => (column === 0 ? 'data' : `node-${(column - 1) * rows + (at % rows)}`)
    // Pairs are spread evenly over the cards.
    const isPair = Math.floor(((index + 1) * pairs) / inner) > Math.floor((index * pairs) / inner)
    add(id, isPair ? 'add' : 'dropout', column + 1, row)
    connect(before(row), id)
    if (isPair) connect(before(row + 1), id, 'other')
  }
  add('last', 'lastStep', COLUMNS + 1, 0)
  add('dense', 'dense', COLUMNS + 2, 0)
  add('forecast', 'forecast', COLUMNS + 3, 0)
  connect(`node-${inner - 1}`, 'last')
  connect('last', 'dense')
  connect('dense', 'forecast')
  return { ...document, name: 'Large', models: [model], layout: { [model.id]: { nodes: positions } } }
}
