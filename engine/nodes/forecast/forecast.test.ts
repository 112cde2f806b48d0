import { expect, test } from 'vitest'
import { letters, weather } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'
import { forecast } from './forecast'

const squared = { loss: 'squared' } as const

test.each([
  ['absolute', 'meanAbsoluteError'],
  ['huber', 'huber'],
])('measures by %s error when it is told to', (loss, op) => {
  const alone = lowerAlone('forecast', { settings: { loss }, data: weather, input: { kind: 'vector', features: 1 } })
  expect(alone.instructions).toEqual([op])
})

test('measures by squared error', () => {
  const alone = lowerAlone('forecast', { data: weather, input: { kind: 'vector', features: 1 } })
  expect(alone.instructions).toEqual(['meanSquaredError'])
  expect(alone.heads).toEqual(['numbers'])
  expect(alone.outputs).toEqual({})
})

test('wants one number for each column to foretell', () => {
  expect(forecast.ports(squared, weather).inputs[0]?.features).toEqual({ count: 1, meaning: 'temp_max' })
  expect(forecast.ports(squared, letters).inputs[0]?.features).toBeUndefined()
  const many = { ...weather, target: { kind: 'numbers' as const, names: ['a', 'b', 'c', 'd'] } }
  expect(forecast.ports(squared, many).inputs[0]?.features).toEqual({ count: 4, meaning: 'one per column to foretell' })
})

test('its card names what it foretells', () => {
  expect(forecast.describe(squared, weather)).toBe('temp_max')
  expect(forecast.describe(squared, null)).toBe('numbers to come')
})
