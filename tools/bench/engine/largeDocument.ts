import { invariant, present } from '../../../engine/base/invariant'
import { emptyDocument } from '../../../engine/document/create'
import type { GraphNode, Model, UnrollDocument, Wire } from '../../../engine/document/schema'

const LANES = 20
const WIDTH = 16
/** Pixels from card to card. */
const ACROSS = 208
const DOWN = 112

/** Nodes with one input that keep the width, in turns. */
const SINGLE: readonly GraphNode[] = [
  { type: 'lstm', settings: { hidden: WIDTH } },
  { type: 'dense', settings: { size: WIDTH, activation: 'tanh' } },
  { type: 'layerNorm', settings: {} },
  { type: 'dropout', settings: { rate: 0.1 } },
  { type: 'gru', settings: { hidden: WIDTH } },
]
const DOUBLE: readonly GraphNode[] = [
  { type: 'add', settings: {} },
  { type: 'multiply', settings: {} },
]

/**
 * A valid model of any size over the adding problem: twenty lanes of layers that take from their neighbours, brought together at the
 * end. Every node leads to the output, so that every one is checked, shaped and compiled.
 */
export function largeDocument(nodes: number, wires: number): UnrollDocument {
  const graph = new Growing()
  const doubles = wires - (nodes - 1) - (LANES - 1)
  const singles = nodes - 1 - LANES - (LANES - 1) - 3 - doubles
  invariant(doubles >= 0 && singles >= 0, `a model of ${nodes} nodes cannot have ${wires} wires`)
  const data = graph.add({ type: 'dataset', settings: {} }, [], 0, LANES / 2)
  const ends = Array.from({ length: LANES }, (_, lane) =>
    graph.add({ type: 'dense', settings: { size: WIDTH, activation: 'none' } }, [data], 1, lane),
  )
  let made = 0
  for (let index = 0; index < singles + doubles; index++) {
    const lane = index % LANES
    const column = 2 + Math.floor(index / LANES)
    // As evenly spread as whole numbers allow.
    const isDouble = Math.floor(((index + 1) * doubles) / (singles + doubles)) > made
    if (isDouble) made++
    const kinds = isDouble ? DOUBLE : SINGLE
    const node = present(kinds[(isDouble ? made : index - made) % kinds.length], 'a kind of node')
    const own = present(ends[lane], 'a lane')
    const next = present(ends[(lane + 1) % LANES], 'a lane')
    ends[lane] = graph.add(node, isDouble ? [own, next] : [own], column, lane)
  }
  let column = 3 + Math.floor((singles + doubles) / LANES)
  const whole = ends.reduce((sum, end, lane) =>
    graph.add({ type: 'add', settings: {} }, [sum, end], ++column, lane / 2),
  )
  const tail: GraphNode[] = [
    { type: 'lastStep', settings: {} },
    { type: 'dense', settings: { size: null, activation: 'none' } },
    { type: 'forecast', settings: {} },
  ]
  tail.reduce((from, node) => graph.add(node, [from], ++column, LANES / 2), whole)
  return graph.document()
}

class Growing {
  readonly #nodes: Record<string, GraphNode> = {}
  readonly #wires: Record<string, Wire> = {}
  readonly #places: Record<string, { x: number; y: number }> = {}
  #count = 0
  #wireCount = 0

  /** @param from ids of what goes in, one or two */
  add(node: GraphNode, from: readonly string[], column: number, lane: number): string {
    const id = `node-${++this.#count}`
    this.#nodes[id] = node
    this.#places[id] = { x: column * ACROSS, y: lane * DOWN }
    for (const [index, source] of from.entries()) {
      const to = { node: id, port: index === 0 ? 'in' : 'other' }
      this.#wires[`wire-${++this.#wireCount}`] = { from: { node: source, port: 'out' }, to }
    }
    return id
  }

  document(): UnrollDocument {
    const model: Model = { id: 'model-1', name: 'Large', nodes: this.#nodes, wires: this.#wires }
    return {
      ...emptyDocument('Large'),
      data: {
        kind: 'generator',
        generator: 'adding',
        length: 24,
        examples: 400,
        split: { training: 0.8, validation: 0.1 },
      },
      models: [model],
      layout: { [model.id]: { nodes: this.#places } },
    }
  }
}
