import { emptyDocument } from '../document/create'
import type { GraphNode, Model, UnrollDocument } from '../document/schema'
import type { TrainingSettings } from '../document/trainingSchema'

/** Nodes in a row, wired one to the next; the data set comes first by itself. */
export function chain(id: string, nodes: readonly (readonly [string, GraphNode])[]): Model {
  const all: (readonly [string, GraphNode])[] = [['data', { type: 'dataset', settings: {} }], ...nodes]
  const wires = nodes.map(([node], index) => [
    `wire-${index}`,
    { from: { node: all[index]?.[0] ?? '', port: 'out' }, to: { node, port: 'in' } },
  ])
  return { id, name: id, nodes: Object.fromEntries(all), wires: Object.fromEntries(wires) }
}

/** The adding problem over few steps with a small LSTM: everything a run needs, in a few milliseconds. */
export function smallDocument(training: Partial<TrainingSettings> = {}): UnrollDocument {
  const model = chain('small', [
    ['memory', { type: 'lstm', settings: { hidden: 8 } }],
    ['last', { type: 'lastStep', settings: {} }],
    ['out', { type: 'dense', settings: { size: null, activation: 'none' } }],
    ['answer', { type: 'forecast', settings: {} }],
  ])
  const document = emptyDocument('Small')
  return {
    ...document,
    data: {
      kind: 'generator',
      generator: 'adding',
      length: 6,
      examples: 400,
      split: { training: 0.8, validation: 0.1 },
    },
    models: [model],
    training: { ...document.training, seed: 1, epochs: 3, batchSize: 16, learningRate: 0.01, clipNorm: 1, ...training },
    layout: {
      [model.id]: {
        nodes: Object.fromEntries(Object.keys(model.nodes).map((node, index) => [node, { x: 216 * index, y: 0 }])),
      },
    },
  }
}
