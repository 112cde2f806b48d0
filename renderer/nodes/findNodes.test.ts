import { describe, expect, it } from 'vitest'
import type { Category } from '../../engine/nodes/defineNode'
import { findNodes, groupNodes } from './findNodes'

const node = (title: string, category: Category, synonyms: string[] = [], summary = '') => ({
  title,
  category,
  synonyms,
  summary,
})

const all = [
  node('Data set', 'data', ['input', 'table']),
  node('Dense', 'represent', ['linear', 'fully connected']),
  node('LSTM', 'remember', ['long short-term memory']),
  node('Last step', 'shape', ['final state']),
  node('Classify', 'output', ['label'], 'Says which class an example belongs to.'),
]
const titles = (found: { title: string }[]) => found.map(({ title }) => title)

describe('findNodes', () => {
  it('lists everything in palette order without a search', () => {
    expect(titles(findNodes(all, ' '))).toEqual(['LSTM', 'Dense', 'Last step', 'Classify', 'Data set'])
  })

  it('puts titles before synonyms', () => {
    expect(titles(findNodes(all, 'l'))).toEqual(['LSTM', 'Last step', 'Dense', 'Classify', 'Data set'])
    expect(titles(findNodes(all, 'linear'))).toEqual(['Dense'])
  })

  it('finds by a later word of the title, by category and by summary', () => {
    expect(titles(findNodes(all, 'step'))).toEqual(['Last step'])
    expect(titles(findNodes(all, 'remember'))).toEqual(['LSTM'])
    expect(titles(findNodes(all, 'belongs'))).toEqual(['Classify'])
    expect(findNodes(all, 'zebra')).toEqual([])
  })
})

describe('groupNodes', () => {
  it('leaves empty categories out', () => {
    expect(groupNodes(findNodes(all, 'da')).map((group) => [group.title, titles(group.nodes)])).toEqual([
      ['Data', ['Data set']],
    ])
  })
})
