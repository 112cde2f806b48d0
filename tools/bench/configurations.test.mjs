import { expect, it } from 'vitest'
import { configurations, quickNames } from './configurations.mjs'
import { configurationSchema } from './engine/configuration'

it('times the shapes that others expect in the JSON, and those in a hurry are among them', () => {
  const names = configurations.map(({ name }) => name)
  expect(names).toEqual([
    'tiny',
    'adding-lstm',
    'adding-gru',
    'adding-rnn',
    'char-lm',
    'tagger',
    'large',
    'transformer-small',
    'transformer-medium',
    'streaming',
  ])
  expect(names).toEqual(expect.arrayContaining([...quickNames]))
})

it.each(configurations)('$name means the same to every side', (configuration) => {
  expect(configurationSchema.parse(configuration)).toEqual(configuration)
})
