import { expect, it } from 'vitest'
import { parseOptions } from './options.mjs'

/** @param {string[]} args */
function names(...args) {
  const { chosen, parts } = parseOptions(args)
  return [...chosen.map(({ name }) => name), ...parts]
}

it('measures everything by itself, three shapes and the compiler in a hurry, and what is named', () => {
  const all = ['tiny', 'adding-lstm', 'adding-gru', 'adding-rnn', 'char-lm', 'tagger', 'large']
  const more = ['transformer-small', 'transformer-medium', 'streaming', 'growth', 'compile', 'in-app', 'canvas']
  expect(names()).toEqual([...all, ...more])
  expect(names('--quick')).toEqual(['tiny', 'adding-lstm', 'char-lm', 'compile'])
  expect(names('--quick', 'canvas')).toEqual(['canvas'])
  expect(names('large', '--json')).toEqual(['large'])
})

it('reads switches and the files of earlier runs', () => {
  expect(parseOptions(['--json', '--from=a.json', '--from=b.json'])).toMatchObject({
    json: true,
    write: false,
    from: ['a.json', 'b.json'],
  })
  expect(parseOptions(['--write', '--quick'])).toMatchObject({ json: false, write: true, quick: true, from: [] })
})

it('says what there is instead of what there is not', () => {
  expect(() => parseOptions(['--fast'])).toThrow('There is no "--fast": --quick, --json, --write, --from=FILE, tiny')
})
