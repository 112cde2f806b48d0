import { describe, expect, it } from 'vitest'
import { documentOf, weather } from '../testing/graphs'
import { compileModel } from './compile'

const only = (type: string) => ({
  nodes: {
    data: { type: 'dataset', settings: {} },
    memory: { type, settings: { hidden: 3, statePorts: true } },
    dense: { type: 'dense', settings: {} },
    forecast: { type: 'forecast', settings: {} },
    loose: { type: 'dense', settings: { size: 5 } },
  },
  wires: ['data > memory', 'memory:state > dense', 'dense > forecast', 'memory > loose'] as const,
})

describe('an output port that leads only to what is not trained', () => {
  it.each(['rnn', 'lstm', 'gru', 'minimalMemory', 'stateSpace'])('counts as unread: %s', (type) => {
    const { nodes, wires } = only(type)
    const document = documentOf(nodes, wires)
    const model = document.models[0]?.id ?? ''
    const plan = compileModel(document, model, weather, { mode: 'train', rows: 2, steps: 4 })
    if (!plan.ok) throw new Error(plan.problems[0]?.message)
    const { parameters, gradients } = plan.value.program
    expect(gradients).toHaveLength(parameters.length)
    expect(parameters.every(({ node }) => node !== 'loose')).toBe(true)
  })
})
