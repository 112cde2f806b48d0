import { expect, test } from 'vitest'
import { letters, weather } from '../../testing/graphs'
import { lowerAlone, shapeAlone } from '../../testing/lowerAlone'

const input = { kind: 'vector', features: 1 } as const
const shaped = (settings = {}, data = weather) => shapeAlone('forecast', { data, settings, input }).node
const many = { ...weather, target: { kind: 'numbers' as const, names: ['a', 'b', 'c', 'd'] } }

test.each([
  ['absolute', 'meanAbsoluteError'],
  ['huber', 'huber'],
])('measures by %s error when it is told to', (loss, op) => {
  const alone = lowerAlone('forecast', { settings: { loss }, data: weather, input })
  expect(alone.instructions).toEqual([op])
})

test('measures by squared error', () => {
  const alone = lowerAlone('forecast', { data: weather, input })
  expect(alone.instructions).toEqual(['meanSquaredError'])
  expect(alone.heads).toEqual(['numbers'])
  expect(alone.outputs).toEqual({})
})

test('wants one number for each column to foretell', () => {
  expect(shaped().inputs[0]?.features).toEqual({ count: 1, meaning: 'temp_max' })
  expect(shaped({}, letters).inputs[0]?.features).toBeUndefined()
  expect(shaped({}, many).inputs[0]?.features).toEqual({ count: 4, meaning: 'one per column to foretell' })
})

test.each([
  ['half', 3, '0.25,0.5,0.75'],
  ['most', 3, '0.1,0.5,0.9'],
  ['two', 5, '0.05,0.25,0.5,0.75,0.95'],
])('wants the forecast and the borders of its band for each column: %s', (band, each, values) => {
  const settings = { loss: 'quantiles', band }
  expect(shaped(settings, many).inputs[0]?.features).toEqual({
    count: 4 * each,
    meaning: `${each} per column: the forecast and the borders of its band`,
  })
  const alone = lowerAlone('forecast', { settings, data: weather, input: { ...input, features: each } })
  expect(alone.instructions).toEqual([`constant {"values":"${values}"}`, 'quantileLoss'])
})

test('its card names what it foretells', () => {
  const { definition, settings } = shaped()
  expect(definition.describe(settings, weather)).toBe('temp_max')
  expect(definition.describe(settings, null)).toBe('numbers to come')
  expect(definition.describe({ ...settings, loss: 'quantiles' }, weather)).toBe('temp_max, with a band')
})
