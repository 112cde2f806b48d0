import { assertNever } from '../../../engine/base/invariant'
import { emptyDocument } from '../../../engine/document/create'
import type { GraphNode, Model, UnrollDocument, Wire } from '../../../engine/document/schema'
import { chain } from '../../../engine/testing/smallDocument'
import type { Training } from './configuration'

type Named = readonly [string, GraphNode]

/** The configuration as a user would wire it, with Adam and without clipping. */
export function benchDocument(configuration: Training): UnrollDocument {
  const document = emptyDocument(configuration.name)
  return {
    ...document,
    models: [configuration.kind === 'tagger' ? tagger(configuration) : chain('model-1', nodesOf(configuration))],
    training: {
      seed: 1,
      epochs: 1,
      batchSize: configuration.batch,
      optimizer: 'adam',
      learningRate: 0.001,
      clipNorm: 0,
    },
  }
}

/** An LSTM in a Bidirectional frame: the frame's own ends `enter` and `leave` stand inside it. */
function tagger({ hidden }: Extract<Training, { kind: 'tagger' }>): Model {
  const wires: Wire[] = [
    { from: { node: 'data', port: 'out' }, to: { node: 'both', port: 'in' } },
    { from: { node: 'both', port: 'enter' }, to: { node: 'memory', port: 'in' } },
    { from: { node: 'memory', port: 'out' }, to: { node: 'both', port: 'leave' } },
    { from: { node: 'both', port: 'out' }, to: { node: 'dense', port: 'in' } },
    { from: { node: 'dense', port: 'out' }, to: { node: 'answer', port: 'in' } },
  ]
  return {
    id: 'model-1',
    name: 'model-1',
    nodes: {
      data: { type: 'dataset', settings: {} },
      both: { type: 'bidirectional', settings: {} },
      memory: { type: 'lstm', settings: { hidden }, parent: 'both' },
      dense: { type: 'dense', settings: { size: null, activation: 'none' } },
      answer: { type: 'tagSteps', settings: {} },
    },
    wires: Object.fromEntries(wires.map((wire, index) => [`wire-${index}`, wire])),
  }
}

function nodesOf(configuration: Exclude<Training, { kind: 'tagger' }>): Named[] {
  const dense: Named = ['dense', { type: 'dense', settings: { size: null, activation: 'none' } }]
  switch (configuration.kind) {
    case 'numbers':
      return [
        ['memory', { type: configuration.cell, settings: { hidden: configuration.hidden } }],
        ['last', { type: 'lastStep', settings: {} }],
        dense,
        ['answer', { type: 'forecast', settings: {} }],
      ]
    case 'symbols': {
      const { embedding, hidden, layers } = configuration
      const lstm = (index: number): Named => [`lstm-${index}`, { type: 'lstm', settings: { hidden } }]
      return [
        ['embedding', { type: 'embedding', settings: { size: embedding } }],
        ...Array.from({ length: layers }, (_, index) => lstm(index)),
        dense,
        ['answer', { type: 'nextSymbol', settings: {} }],
      ]
    }
    case 'transformer': {
      const { width, heads, feedForward, layers } = configuration
      const settings = { heads, feedForward, causal: true, norm: 'before', activation: 'gelu', dropout: 0 }
      const block = (index: number): Named => [`block-${index}`, { type: 'transformerBlock', settings }]
      return [
        ['embedding', { type: 'embedding', settings: { size: width } }],
        ['position', { type: 'positionalEncoding', settings: { kind: 'sinusoidal' } }],
        ...Array.from({ length: layers }, (_, index) => block(index)),
        dense,
        ['answer', { type: 'nextSymbol', settings: {} }],
      ]
    }
    default:
      return assertNever(configuration)
  }
}
