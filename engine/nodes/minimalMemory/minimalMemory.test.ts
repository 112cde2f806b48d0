import { expect, test } from 'vitest'
import { weather } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'

const input = { kind: 'sequence', features: 4 } as const

test('two linear layers and a recurrence without weights of its own', () => {
  const alone = lowerAlone('minimalMemory', { data: weather, input, settings: { hidden: 5 } })
  const weight = { dims: [5, 4], initializer: { kind: 'glorotUniform' } }
  const bias = { dims: [5], initializer: { kind: 'zeros' } }
  expect(alone.parameters).toEqual({
    'linear_z.weight': weight,
    'linear_z.bias': bias,
    'linear_h.weight': weight,
    'linear_h.bias': bias,
  })
  expect(alone.instructions).toEqual([
    'linear',
    'activation {"kind":"sigmoid"}',
    'linear',
    'gatedRecurrence',
    'gateStatistics {"blocks":"0","gateCount":1}',
  ])
  expect(alone.outputs).toEqual({ out: 'f32 [T, B, 5]' })
})

test('shows its gate as that which lets something in', () => {
  const alone = lowerAlone('minimalMemory', { data: weather, input })
  expect(alone.probes).toEqual([{ kind: 'gates', labels: ['input'] }])
})

test('has ports for its state when they are asked for', () => {
  const alone = lowerAlone('minimalMemory', { data: weather, input, settings: { hidden: 5, statePorts: true } })
  expect(alone.shapes).toEqual({ out: { kind: 'sequence', features: 5 }, state: { kind: 'vector', features: 5 } })
})
