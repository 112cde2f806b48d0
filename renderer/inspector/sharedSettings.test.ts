import { describe, expect, it } from 'vitest'
import { present } from '../../engine/base/invariant'
import { nodeDefinitions } from '../../engine/nodes/index'
import type { SettingsSpec } from '../../engine/nodes/settings'
import { readSetting } from '../../engine/nodes/validate'
import { boundsWords } from './settingWords'
import { sharedSettings } from './sharedSettings'

const base = { label: 'Width', help: 'How wide.' }
const of = (settings: SettingsSpec) => ({ settings })

describe('settings that several types have in common', () => {
  it('are all of them for one type, and none for no type', () => {
    const { lstm } = nodeDefinitions
    expect(sharedSettings([present(lstm, 'there are LSTMs')])).toBe(lstm?.settings)
    expect(sharedSettings([])).toEqual({})
  })

  it('take only values that every type takes', () => {
    const one = of({
      size: { ...base, kind: 'integer', minimum: 1, maximum: 100, default: 80, automatic: true },
      rate: { ...base, kind: 'fraction', maximum: 0.9, default: 0.8 },
      only: { ...base, kind: 'switch', default: true },
      how: {
        ...base,
        kind: 'choice',
        options: ['a', 'b', 'c'].map((value) => ({ value, label: value })),
        default: 'a',
      },
    })
    const two = of({
      size: { ...base, kind: 'integer', minimum: 8, maximum: 64, default: 8 },
      rate: { ...base, kind: 'fraction', maximum: 0.5, default: 0 },
      how: { ...base, kind: 'choice', options: ['b', 'c'].map((value) => ({ value, label: value })), default: 'b' },
    })
    expect(sharedSettings([one, two])).toEqual({
      size: { ...base, kind: 'integer', minimum: 8, maximum: 64, default: 64, automatic: false },
      rate: { ...base, kind: 'fraction', maximum: 0.5, default: 0.5 },
      how: { ...base, kind: 'choice', options: ['b', 'c'].map((value) => ({ value, label: value })), default: 'b' },
    })
  })

  it('must be called alike, be of one kind and have values in common', () => {
    const width = of({ size: { ...base, kind: 'integer', minimum: 1, maximum: 4, default: 1 } })
    const other = (setting: object) => of({ size: Object.assign({}, present(width.settings.size, 'size'), setting) })
    for (const change of [{ label: 'Height' }, { minimum: 5, maximum: 9 }, { unit: 'steps' }]) {
      expect(sharedSettings([width, other(change)])).toEqual({})
    }
    expect(sharedSettings([width, of({ size: { ...base, kind: 'switch', default: true } })])).toEqual({})
  })

  it('hold for every pair of real types: each takes the shared default', () => {
    const definitions = Object.values(nodeDefinitions)
    let shared = 0
    for (const one of definitions) {
      for (const other of definitions) {
        if (one === other) continue
        for (const [key, setting] of Object.entries(sharedSettings([one, other]))) {
          shared += 1
          for (const { settings } of [one, other]) {
            expect(readSetting(present(settings[key], key), setting.default).wrong, `${one.type} ${key}`).toBeNull()
          }
        }
      }
    }
    expect(shared).toBeGreaterThan(10)
  })
})

it('says range and start of every setting of every node type', () => {
  for (const { settings } of Object.values(nodeDefinitions)) {
    for (const setting of Object.values(settings)) {
      expect(boundsWords(setting)).toMatch(
        setting.kind === 'text' ? /^$/ : /^(From .* to .*; starts at .*|Starts .*)\.$/,
      )
    }
  }
})
