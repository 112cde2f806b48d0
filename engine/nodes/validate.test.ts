import { describe, expect, test } from 'vitest'
import { nodeDefinitions } from './index'
import type { SettingsSpec } from './settings'
import { readSetting, readSettings, startingValue } from './validate'

const settings = {
  size: { kind: 'integer', label: 'Size', help: '', minimum: 1, maximum: 9, default: 4, automatic: true },
  width: {
    kind: 'integer',
    label: 'Width',
    help: '',
    minimum: 1,
    maximum: 9,
    default: 4,
    automatic: true,
    startsAutomatic: true,
  },
  hidden: { kind: 'integer', label: 'Memory cells', help: '', minimum: 1, maximum: 9, default: 4 },
  bias: { kind: 'number', label: 'Bias', help: '', minimum: -2, maximum: 2, step: 0.1, default: 1 },
  rate: { kind: 'fraction', label: 'Rate', help: '', maximum: 0.9, default: 0.1 },
  shape: {
    kind: 'choice',
    label: 'Shape',
    help: '',
    options: [
      { value: 'round', label: 'Round' },
      { value: 'square', label: 'Square' },
    ],
    default: 'round',
  },
  loud: { kind: 'switch', label: 'Loud', help: '', default: false },
  word: { kind: 'text', label: 'Word', help: '', maximumLength: 5, placeholder: 'none', default: '' },
} as const satisfies SettingsSpec

const definition = { settings, title: 'Thing' }

describe('reading settings', () => {
  test('fills in defaults and leaves out what it does not know', () => {
    expect(readSettings(definition, { future: { a: 1 } })).toEqual({
      values: { size: 4, width: null, hidden: 4, bias: 1, rate: 0.1, shape: 'round', loud: false, word: '' },
      problems: [],
    })
  })

  test('takes what fits', () => {
    const raw = { size: null, width: 3, hidden: 9, bias: -2, rate: 0, shape: 'square', loud: true, word: 'NOUN' }
    expect(readSettings(definition, raw)).toEqual({ values: raw, problems: [] })
  })

  test.each([
    ['size', 0, 1, 'Thing: “Size” must be a whole number from 1 to 9, or automatic, not 0.'],
    ['hidden', null, 4, 'Thing: “Memory cells” must be a whole number from 1 to 9, not null.'],
    ['hidden', 1e9, 9, 'Thing: “Memory cells” must be a whole number from 1 to 9, not 1000000000.'],
    ['hidden', 2.4, 2, 'Thing: “Memory cells” must be a whole number from 1 to 9, not 2.4.'],
    ['hidden', Number.NaN, 4, 'Thing: “Memory cells” must be a whole number from 1 to 9, not NaN.'],
    ['bias', '1', 1, 'Thing: “Bias” must be a number from -2 to 2, not “1”.'],
    ['rate', 0.95, 0.9, 'Thing: “Rate” must be between 0 and 90 % (written 0 to 0.9), not 0.95.'],
    ['shape', 'flat', 'round', 'Thing: “Shape” must be one of “round”, “square”, not “flat”.'],
    ['word', 3, '', 'Thing: “Word” must be a text of at most 5 characters, not 3.'],
    ['word', 'letters', 'lette', 'Thing: “Word” must be a text of at most 5 characters, not “letters”.'],
    ['loud', 'yes', false, 'Thing: “Loud” must be on or off (true or false), not “yes”.'],
    ['hidden', { deep: [1] }, 4, 'Thing: “Memory cells” must be a whole number from 1 to 9, not {"deep":[1]}.'],
  ])('%s: %s is refused in words, and the nearest value suggested', (key, given, suggested, message) => {
    const { values, problems } = readSettings(definition, { [key]: given })
    expect(problems).toEqual([{ code: 'setting.invalid', message, setting: key, suggested }])
    expect(values[key]).toBe(suggested)
  })

  test('uses the name that the user gave the node, and keeps long values short', () => {
    const [problem] = readSettings(definition, { loud: 'x'.repeat(500) }, 'Mine').problems
    expect(problem?.message).toMatch(/^Mine: .*…\.$/)
    expect(problem?.message.length).toBeLessThan(120)
  })

  test('is not fooled by names that every object has', () => {
    const raw: Record<string, unknown> = JSON.parse('{"__proto__": {"hidden": 77}}')
    expect(readSettings(definition, raw).values.hidden).toBe(4)
  })
})

test('every default is a value that its own setting takes', () => {
  for (const { settings: spec } of Object.values(nodeDefinitions)) {
    for (const setting of Object.values(spec)) {
      for (const value of [setting.default, startingValue(setting)]) {
        expect(readSetting(setting, value)).toEqual({ value, wrong: null })
      }
    }
  }
})
