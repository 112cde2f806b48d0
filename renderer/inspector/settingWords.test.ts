import { describe, expect, it } from 'vitest'
import type { Setting } from '../../engine/nodes/settings'
import { formatSetting, readTyped, settingNote } from './settingWords'

const base = { label: 'Setting', help: 'Does something.' }
const integer: Setting = {
  ...base,
  kind: 'integer',
  minimum: 1,
  maximum: 2048,
  default: 64,
  unit: 'cells',
  automatic: true,
}
const bias: Setting = { ...base, kind: 'number', minimum: 0, maximum: 5, step: 0.05, default: 1 }
const word: Setting = { ...base, kind: 'text', maximumLength: 20, placeholder: 'all count', default: '' }
const rate: Setting = { ...base, kind: 'fraction', maximum: 0.9, default: 0.1 }
const choice: Setting = { ...base, kind: 'choice', options: [{ value: 'tanh', label: 'Tanh' }], default: 'tanh' }
const toggle: Setting = { ...base, kind: 'switch', default: false }

describe('formatSetting', () => {
  it.each([
    [integer, 128, '128\u00a0cells'],
    [integer, null, 'automatic'],
    [{ ...integer, minimum: 0, zero: 'never' }, 0, 'never'],
    [{ ...integer, minimum: 0, zero: 'never' }, 5, '5\u00a0cells'],
    [bias, 1, '1.00'],
    [{ ...bias, step: 1 }, 2, '2.0'],
    [rate, 0.1, '10\u00a0%'],
    [rate, 0.125, '12.5\u00a0%'],
    [rate, 0.29, '29\u00a0%'],
    [bias, 1.125, '1.125'],
    [choice, 'tanh', 'Tanh'],
    [toggle, true, 'on'],
    [word, 'NOUN', 'NOUN'],
    [word, '', 'all count'],
  ])('says %o as it is read', (setting, value, words) => {
    expect(formatSetting(setting, value)).toBe(words)
  })
})

describe('readTyped', () => {
  it.each([
    [rate, '12,5 %', 0.125],
    [rate, ' 30', 0.3],
    [rate, '91', null],
    [rate, '1e1', null],
    [bias, '.25', 0.25],
    [bias, '-0.1', null],
    [bias, '', null],
    [{ ...bias, unit: 'cells' }, '2 cells', 2],
  ])('reads in %o what is typed', (setting, text, value) => {
    if (setting.kind !== 'number' && setting.kind !== 'fraction') throw new Error('not a slider')
    expect(readTyped(setting, text)).toBe(value)
  })
})

describe('settingNote', () => {
  it('gives number fields their range and sliders their value', () => {
    expect(settingNote(integer, 5)).toBe('1–2\u00a0048')
    expect(settingNote({ ...integer, minimum: 0, zero: 'never' }, 0)).toBe('never')
    expect(settingNote(rate, 0.25)).toBe('25\u00a0%')
    expect(settingNote(rate, undefined)).toBe('mixed')
    expect(settingNote(choice, 'tanh')).toBe('')
  })
})
