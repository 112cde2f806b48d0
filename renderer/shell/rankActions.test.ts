import { expect, it } from 'vitest'
import { rankActions } from './rankActions'

const action = (label: string, ...keywords: string[]) => ({ id: label, label, keywords })
const groups = [
  { group: 'Edit', actions: [action('Duplicate this model as Transformer'), action('Undo', 'take back')] },
  { group: 'Run', actions: [action('Stop training'), action('Train this model', 'learn')] },
]
const shown = (query: string) =>
  rankActions(query, groups).map((one) => ('actions' in one ? one.actions.map(({ label }) => label) : []))

it('puts the action that begins with the query first, with its group', () => {
  expect(shown(' Tra')).toEqual([['Train this model', 'Stop training'], ['Duplicate this model as Transformer']])
})

it('finds keywords and words in any order, and nothing where nothing fits', () => {
  expect(shown('take')).toEqual([['Undo']])
  expect(shown('model duplicate')).toEqual([['Duplicate this model as Transformer']])
  expect(shown('paint')).toEqual([])
  expect(rankActions('', groups)).toBe(groups)
})
