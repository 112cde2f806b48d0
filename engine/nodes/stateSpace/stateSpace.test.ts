import { expect, test } from 'vitest'
import { weather } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'

const input = { kind: 'sequence', features: 4 } as const

test('complex states between two products, what comes in beside them, an activation behind', () => {
  const alone = lowerAlone('stateSpace', { data: weather, input, settings: { hidden: 8 } })
  expect(alone.parameters).toEqual({
    nu: { dims: [8], initializer: { kind: 'ringDecay', minimum: 0, maximum: 0.999 } },
    theta: { dims: [8], initializer: { kind: 'ringPhase', maximum: 2 * Math.PI } },
    B: { dims: [16, 4], initializer: { kind: 'normal', deviation: Math.sqrt(1 / 8) } },
    C: { dims: [4, 16], initializer: { kind: 'normal', deviation: Math.sqrt(1 / 8) } },
    D: { dims: [4], initializer: { kind: 'normal', deviation: 1 } },
  })
  expect(alone.instructions).toEqual([
    'eigenvalues',
    'linear',
    'complexRecurrence',
    'linear',
    'scaleFeatures',
    'add',
    'gelu',
  ])
  expect(alone.outputs).toEqual({ out: 'f32 [T, B, 4]' })
  expect(alone.probes).toEqual([])
})

test('a long memory begins on a narrow ring, and no activation need bend it', () => {
  const settings = { hidden: 8, reach: 'long', activation: 'none' }
  const alone = lowerAlone('stateSpace', { data: weather, input, settings })
  expect(alone.parameters.nu?.initializer).toEqual({ kind: 'ringDecay', minimum: 0.9, maximum: 0.999 })
  expect(alone.instructions.at(-1)).toBe('add')
})

test('its state is two numbers for each cell', () => {
  const alone = lowerAlone('stateSpace', { data: weather, input, settings: { hidden: 8, statePorts: true } })
  expect(alone.shapes).toEqual({ out: { kind: 'sequence', features: 4 }, state: { kind: 'vector', features: 16 } })
})
