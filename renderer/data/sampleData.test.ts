import { describe, expect, it } from 'vitest'
import type { DataDefinition } from '../../engine/document/dataSchema'
import { eachOnce, type SampleData } from './sampleData'

const split = { training: 0.7, validation: 0.15 }

function source(name: string) {
  return { kind: 'sample' as const, name }
}

function tags(name: string): DataDefinition {
  const columns = { tokens: 'a', tags: 'b', capitals: 'keep' as const }
  return { kind: 'tag', source: source(name), ...columns, maximumLength: 60, minimumCount: 2, split }
}

function generated(generator: 'adding' | 'recall', length: number): DataDefinition {
  return { kind: 'generator', generator, length, examples: 100, split }
}

function samplesWith(...all: DataDefinition[]): SampleData[] {
  return all.map((data, index) => ({ id: `sample-${index}`, title: 'Some', summary: '', data }))
}

const ids = (all: readonly SampleData[]) => all.map(({ id }) => id)

describe('data that come with the app', () => {
  it('are offered once, however many samples use them and however long their examples are', () => {
    const text: DataDefinition = {
      kind: 'nextSymbol',
      source: source('whale.txt'),
      unit: 'letter',
      window: 64,
      minimumCount: 1,
      split,
    }
    const all = samplesWith(text, generated('adding', 50), { ...text, window: 32 }, generated('adding', 100))
    expect(ids(eachOnce(all))).toEqual(['sample-0', 'sample-1'])
  })

  it('are told apart by file, by problem and by what is learned', () => {
    const labels: DataDefinition = {
      kind: 'classify',
      source: source('words.csv'),
      text: 'a',
      label: 'b',
      unit: 'word',
      maximumLength: 60,
      minimumCount: 2,
      split,
    }
    const all = samplesWith(
      tags('words.csv'),
      labels,
      tags('others.csv'),
      generated('adding', 50),
      generated('recall', 50),
    )
    expect(ids(eachOnce(all))).toEqual(ids(all))
  })
})
