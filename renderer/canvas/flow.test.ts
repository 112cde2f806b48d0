import { describe, expect, it } from 'vitest'
import { present } from '../../engine/base/invariant'
import { analyseModel } from '../../engine/compile/analyse'
import type { DataSummary } from '../../engine/data/prepared'
import { applyEdits } from '../../engine/document/applyEdit'
import { emptyDocument } from '../../engine/document/create'
import type { Edit } from '../../engine/document/edits'
import { createFlow, withDragged } from './flow'
import type { FlowInput } from './flowViews'

const summary: DataSummary = {
  title: 'Adding problem',
  sentence: '5 000 pairs of rows',
  input: { kind: 'numbers', features: ['number', 'marker'] },
  target: { kind: 'numbers', names: ['sum'] },
  maximumSteps: 20,
  variableLength: false,
  stepWord: 'step',
  examples: { training: 4000, validation: 500, test: 500 },
  fingerprint: 'x',
}

/** Every letter as wide as every other. */
const textWidth = (text: string): number => 7 * text.length

const wired: Edit[] = [
  {
    kind: 'addNode',
    model: 'model-1',
    node: 'lstm',
    type: 'lstm',
    settings: { hidden: 8 },
    position: { x: 200, y: 0 },
  },
  { kind: 'addNode', model: 'model-1', node: 'odd', type: 'conv9', settings: {}, position: { x: 0, y: 200 } },
  {
    kind: 'connect',
    model: 'model-1',
    wire: 'w',
    from: { node: 'data', port: 'out' },
    to: { node: 'lstm', port: 'in' },
  },
  {
    kind: 'connect',
    model: 'model-1',
    wire: 'v',
    from: { node: 'odd', port: 'left' },
    to: { node: 'lstm', port: 'gone' },
  },
]

function input(edits: Edit[] = wired, data: DataSummary | null = summary): FlowInput {
  const document = applyEdits(emptyDocument('Test'), edits)
  return {
    model: present(document.models[0], 'one model'),
    analysis: analyseModel(document, 'model-1', data),
    summary: data,
    dataProblems: [],
    batchSize: 32,
    positions: document.layout['model-1']?.nodes ?? {},
    sizes: new Map(),
    selectedNodes: new Set(),
    selectedWires: new Set(),
  }
}

describe('createFlow', () => {
  it('tells what flows along a wire, in the words of the data', () => {
    const { wires } = createFlow(textWidth)(input())
    expect(wires).toHaveLength(1)
    expect(wires[0]).toMatchObject({
      id: 'w',
      label: 'Wire from Data set to LSTM: 32 examples × 20 steps × 2 measurements',
      kind: 'sequence',
    })
  })

  it('tells what a node costs, as far as that is known', () => {
    const cost = (data: DataSummary | null) =>
      createFlow(textWidth)(input(wired, data)).nodes.map((node) => node.data.cost)
    const none = { weights: 0, sums: 0 }
    expect(cost(null)).toEqual([none, none, none])
    // Four gates of 8 cells that see 2 measurements and 8 cells, with two biases; each weight but the biases is multiplied and added in 20 steps.
    expect(cost(summary)).toEqual([none, { weights: 4 * 8 * (2 + 8 + 2), sums: 20 * 2 * 4 * 8 * (2 + 8) }, none])
  })

  it('guesses the kind from both sockets while the data are not read', () => {
    const { wires, nodes } = createFlow(textWidth)(input(wired, null))
    expect(wires[0]?.kind).toBe('sequence')
    expect(nodes.find(({ id }) => id === 'data')?.data.outputs[0]).toMatchObject({
      carries: 'sequence',
      sentence: null,
    })
  })

  it('keeps a placeholder for a node that this version does not know', () => {
    const { nodes } = createFlow(textWidth)(input())
    const odd = nodes.find(({ id }) => id === 'odd')
    expect(odd?.data).toMatchObject({ category: 'unknown', title: 'conv9' })
    expect(odd?.data.outputs.map(({ name }) => name)).toEqual(['left'])
    expect(odd?.data.problem?.severity).toBe('error')
  })

  it('shows problems of the data on the node that stands for them', () => {
    const message = 'There is no data file.'
    const problem = { code: 'data.missing', severity: 'error' as const, message, place: { kind: 'data' as const } }
    const { nodes } = createFlow(textWidth)({ ...input(), dataProblems: [problem] })
    expect(nodes.find(({ id }) => id === 'data')?.data.problem).toEqual({ severity: 'error', message })
  })

  it('hands out the same objects where nothing changed', () => {
    const build = createFlow(textWidth)
    const first = build(input())
    const again = build(input())
    expect(again.nodes.map((node, index) => node === first.nodes[index])).toEqual([true, true, true])
    expect(again.wires[0]).toBe(first.wires[0])
    const moved = build({ ...input(), positions: { ...input().positions, lstm: { x: 8, y: 8 } } })
    expect(moved.nodes.map((node, index) => node === first.nodes[index])).toEqual([true, false, true])
    expect(moved.wires).toBe(first.wires)
    expect(moved.nodes[1]?.data).toBe(first.nodes[1]?.data)
    const dragged = withDragged(first.nodes, new Map([['lstm', { x: 40, y: 40 }]]), new Map())
    expect(dragged.map((node, index) => node === first.nodes[index])).toEqual([true, false, true])
    expect(dragged[1]).toMatchObject({ position: { x: 40, y: 40 }, dragging: true })
    expect(withDragged(first.nodes, new Map(), new Map())).toBe(first.nodes)
  })
})
