import { expect, test } from 'vitest'
import { letters, weather } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'
import { forecast } from './forecast'

test('measures by squared error', () => {
  const alone = lowerAlone('forecast', { data: weather, input: { kind: 'vector', features: 1 } })
  expect(alone.instructions).toEqual(['meanSquaredError'])
  expect(alone.heads).toEqual(['numbers'])
  expect(alone.outputs).toEqual({})
})

test('wants one number for each column to foretell', () => {
  expect(forecast.ports({}, weather).inputs[0]?.features).toEqual({ count: 1, meaning: 'temp_max' })
  expect(forecast.ports({}, letters).inputs[0]?.features).toBeUndefined()
  const many = { ...weather, target: { kind: 'numbers' as const, names: ['a', 'b', 'c', 'd'] } }
  expect(forecast.ports({}, many).inputs[0]?.features).toEqual({ count: 4, meaning: 'one per column to foretell' })
})

test('its card names what it foretells', () => {
  expect(forecast.describe({}, weather)).toBe('temp_max')
  expect(forecast.describe({}, null)).toBe('numbers to come')
})
