import { assertNever } from '../../../engine/base/invariant'
import { emptyDocument } from '../../../engine/document/create'
import type { GraphNode, Model, UnrollDocument } from '../../../engine/document/schema'
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

/** Two LSTMs, of which the second reads from the end; their results side by side. */
function tagger({ hidden }: Extract<Training, { kind: 'tagger' }>): Model {
  const lstm: GraphNode = { type: 'lstm', settings: { hidden } }
  const turn: GraphNode = { type: 'reverse', settings: {} }
  const wires: [string, string, string][] = [
    ['data', 'memory', 'in'],
    ['data', 'turn', 'in'],
    ['turn', 'backward', 'in'],
    ['backward', 'turnBack', 'in'],
    ['memory', 'join', 'in'],
    ['turnBack', 'join', 'other'],
    ['join', 'dense', 'in'],
    ['dense', 'answer', 'in'],
  ]
  return {
    id: 'model-1',
    name: 'model-1',
    nodes: {
      data: { type: 'dataset', settings: {} },
      memory: lstm,
      turn,
      backward: lstm,
      turnBack: turn,
      join: { type: 'concat', settings: {} },
      dense: { type: 'dense', settings: { size: null, activation: 'none' } },
      answer: { type: 'tagSteps', settings: {} },
    },
    wires: Object.fromEntries(
      wires.map(([from, node, port], index) => [
        `wire-${index}`,
        { from: { node: from, port: 'out' }, to: { node, port } },
      ]),
    ),
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
