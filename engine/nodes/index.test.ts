import { describe, expect, test } from 'vitest'
import { letters, sentences, weather } from '../testing/graphs'
import type { Category } from './defineNode'
import { definitionOf, nodeDefinitions } from './index'
import { readSettings } from './validate'

const CATEGORIES: readonly Category[] = ['data', 'remember', 'attend', 'represent', 'shape', 'output']

describe.each(Object.entries(nodeDefinitions))('%s', (key, definition) => {
  const { values } = readSettings(definition, {})

  test('is told completely and in sentences', () => {
    expect(definition.type).toBe(key)
    expect(CATEGORIES).toContain(definition.category)
    expect(definition.letter).toMatch(/^[A-Z][a-z]?$/)
    expect(definition.summary).toMatch(/^[A-Z].{15,90}\.$/)
    for (const text of Object.values(definition.help)) expect(text).toMatch(/^[A-Z].{60,420}[.]$/)
    expect(definition.synonyms.length).toBeGreaterThan(2)
    for (const setting of Object.values(definition.settings)) {
      expect(setting.label).toMatch(/^[A-Z][^.]*$/)
      expect(setting.help).toMatch(/^[A-Z].{20,}\.$/)
    }
  })

  test('describes itself with and without data in one short line', () => {
    for (const data of [null, weather, letters, sentences]) {
      const line = definition.describe(values, data)
      expect(line.length).toBeGreaterThan(2)
      expect(line.length).toBeLessThan(40)
      expect(line).not.toMatch(/undefined|null|NaN/)
    }
  })

  test('has ports with names of their own, whatever the data', () => {
    for (const data of [null, weather, letters, sentences]) {
      const { inputs, outputs } = definition.ports(values, data)
      for (const side of [inputs, outputs]) {
        expect(new Set(side.map(({ name }) => name)).size).toBe(side.length)
        for (const { kinds, label } of side) {
          expect(kinds.length).toBeGreaterThan(0)
          expect(label.length).toBeGreaterThan(3)
        }
      }
    }
  })

  test('is an output exactly when it says what target it is measured on', () => {
    expect(definition.isHead === true).toBe(definition.target !== undefined)
  })

  test('adapts only between its own ports', () => {
    const { inputs, outputs } = definition.ports(values, null)
    for (const { from, to } of definition.adapts ?? []) {
      expect(inputs.find(({ name }) => name === 'in')?.kinds).toContain(from)
      expect(outputs.find(({ name }) => name === 'out')?.kinds).toContain(to)
    }
  })
})

test('titles, and letters within what the user sees side by side, are distinct', () => {
  const all = Object.values(nodeDefinitions)
  expect(new Set(all.map(({ title }) => title)).size).toBe(all.length)
  expect(new Set(all.map(({ letter }) => letter)).size).toBe(all.length)
})

test('types are looked up safely', () => {
  expect(definitionOf('lstm')?.title).toBe('LSTM')
  expect(definitionOf('toString')).toBeNull()
  expect(definitionOf('Lstm')).toBeNull()
})
