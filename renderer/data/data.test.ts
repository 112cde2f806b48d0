import { describe, expect, it } from 'vitest'
import { emptyDocument } from '../../engine/document/create'
import type { DataDefinition } from '../../engine/document/dataSchema'
import { changedData, splitAt } from './dataActs'
import { dataFields } from './dataFields'

const split = { training: 0.7, validation: 0.15 }
const source = { kind: 'sample' as const, name: 'x.csv' }
const definitions: DataDefinition[] = [
  emptyDocument('x').data,
  { kind: 'generator', generator: 'recall', length: 40, examples: 100, choices: 4, split },
  {
    kind: 'forecast',
    source,
    inputs: ['a'],
    targets: ['a'],
    stepWord: 'day',
    window: 30,
    horizon: 1,
    stride: 1,
    missing: 'previous',
    scaling: 'standard',
    split,
  },
  { kind: 'nextSymbol', source, unit: 'letter', window: 64, minimumCount: 1, split },
  { kind: 'classify', source, text: 'a', label: 'b', unit: 'word', maximumLength: 60, minimumCount: 2, split },
  {
    kind: 'pairs',
    source,
    from: 'a',
    fromUnit: 'letter',
    to: 'b',
    toUnit: 'word',
    maximumFrom: 20,
    maximumTo: 20,
    minimumCount: 1,
    split,
  },
  { kind: 'tag', source, tokens: 'a', tags: 'b', capitals: 'keep', maximumLength: 60, minimumCount: 2, split },
]

describe('form of the data', () => {
  it.each(definitions)('asks only for what a $kind definition has, and every answer it offers fits', (definition) => {
    for (const { key, setting } of dataFields(definition)) {
      expect(definition).toHaveProperty(key)
      const offered =
        setting.kind === 'choice'
          ? setting.options.map((option) => option.value)
          : [setting.minimum, setting.default, setting.maximum]
      for (const value of offered) expect(changedData(definition, { [key]: value })).toMatchObject({ [key]: value })
    }
  })

  it('says steps in the words of the data', () => {
    const [forecast] = definitions.filter((definition) => definition.kind === 'forecast')
    if (!forecast) throw new Error('no forecast')
    expect(dataFields(forecast)[0]?.setting).toMatchObject({ label: 'Looks back', unit: 'days' })
  })

  it('asks for the letters to remember only where there are some', () => {
    const [adding, recall] = definitions
    if (!adding || !recall) throw new Error('no generators')
    expect(dataFields(adding).map(({ key }) => key)).toEqual(['generator', 'length', 'examples'])
    expect(dataFields(recall).map(({ key }) => key)).toEqual(['generator', 'length', 'examples', 'choices'])
  })

  it('refuses what does not fit', () => {
    const [generator] = definitions
    if (!generator) throw new Error('no generator')
    expect(changedData(generator, { length: 1 })).toBeNull()
    expect(changedData(generator, { length: 40 })).toMatchObject({ length: 40 })
  })
})

describe('parts', () => {
  it('follow from two borders in per cent', () => {
    expect(splitAt(70, 85)).toEqual({ training: 0.7, validation: 0.15 })
    expect(splitAt(50, 50)).toEqual({ training: 0.5, validation: 0 })
    expect(splitAt(33, 66)).toEqual({ training: 0.33, validation: 0.33 })
  })
})
