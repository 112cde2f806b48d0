import { describe, expect, test } from 'vitest'
import { InternalError, present } from '../base/invariant'
import type { ValueId } from '../ir/program'
import { chainOf, letters, weather } from '../testing/graphs'
import { checkMemoryPlan } from './checkMemoryPlan'
import { compileModel } from './compile'
import { lifetimes } from './lifetimes'
import { aligned, placeBuffers } from './placeBuffers'
import type { Location, Plan } from './plan'

const language = chainOf({
  data: { type: 'dataset' },
  embedding: { type: 'embedding', settings: { size: 64 } },
  first: { type: 'lstm', settings: { hidden: 128 } },
  second: { type: 'lstm', settings: { hidden: 128 } },
  dense: { type: 'dense', settings: { size: null } },
  next: { type: 'nextSymbol' },
})

function planOf(mode: 'train' | 'predict'): Plan {
  const result = compileModel(language, 'm', letters, { mode, rows: 16, steps: 64 })
  if (!result.ok) throw new Error('the language model compiles')
  return result.value
}

function valueNamed(plan: Plan, name: string): ValueId {
  const value = plan.program.values.findIndex((entry) => entry.name === name)
  expect(value).toBeGreaterThanOrEqual(0)
  return value
}

function moved(plan: Plan, value: ValueId, place: Partial<Location>): Plan {
  const known = present(plan.locations[value], 'a place')
  return { ...plan, locations: { ...plan.locations, [value]: { ...known, ...place } } }
}

describe('the plan of a language model', () => {
  const train = planOf('train')

  test('aligns everything to 32 bytes and keeps gradients beside their weights', () => {
    for (const { offset } of Object.values(train.locations)) expect(offset % 8).toBe(0)
    for (const { parameter, gradient } of train.program.gradients) {
      expect(train.locations[gradient]).toEqual({ ...train.locations[parameter], region: 'gradients' })
    }
    expect(train.sizes.gradients).toBe(train.sizes.parameters)
  })

  test('lets gate gradients overwrite the gates', () => {
    const gates = train.locations[valueNamed(train, 'second.gates')]
    expect(train.locations[valueNamed(train, 'second.lstmGradient.0')]).toEqual(gates)
  })

  test('comes within a tenth of the least memory that the lifetimes allow', () => {
    const lives = lifetimes(train.program)
    const rows = train.program.instructions.map((_, index) => {
      const places = new Map<string, number>()
      for (const [value, { start, end }] of lives) {
        const location = train.locations[value]
        if (location?.region !== 'arena' || start > index || end < index) continue
        places.set(`${location.offset}`, aligned(location.size))
      }
      return [...places.values()].reduce((sum, size) => sum + size, 0) + aligned(train.scratch[index]?.size ?? 0)
    })
    expect(train.sizes.arena).toBeLessThanOrEqual(1.1 * Math.max(...rows))
  })

  test('needs less to predict than to train', () => {
    const predict = planOf('predict')
    expect(predict.sizes.arena).toBeLessThan(0.7 * train.sizes.arena)
    expect(predict.sizes.gradients).toBe(0)
    expect(predict.sizes.parameters).toBe(train.sizes.parameters)
  })
})

describe('the check of a plan', () => {
  const train = planOf('train')

  test('passes what the planner makes', () => {
    expect(() => checkMemoryPlan(train)).not.toThrow()
  })

  test.each([
    ['a value that is still needed is overwritten', 'second.out', { offset: 0 }],
    ['a value sticks out of its region', 'next.loss', { offset: train.sizes.arena }],
    ['a value is not aligned', 'next.loss', { offset: 4 }],
    ['a weight gradient lies elsewhere', 'd.dense.bias', { offset: 0 }],
    ['an instruction writes into the weights', 'embedding.out', { region: 'parameters' as const, offset: 0 }],
    [
      'the prediction does not live to the end',
      'dense.out',
      { offset: present(train.locations[valueNamed(train, 'd.second.out')], 'a place').offset },
    ],
  ])('fails when %s', (_, name, place) => {
    expect(() => checkMemoryPlan(moved(train, valueNamed(train, name), place))).toThrow(InternalError)
  })

  test('fails when scratch lies over an input', () => {
    const index = train.program.instructions.findIndex(({ op }) => op === 'lstm')
    const input = present(train.locations[valueNamed(train, 'embedding.out')], 'a place')
    const scratch = train.scratch.map((place, at) => (at === index ? { size: 8, offset: input.offset } : place))
    expect(() => checkMemoryPlan({ ...train, scratch })).toThrow(/scratch lies over an input/)
  })

  test('fails when an output takes the place of an input that its op does not give up', () => {
    const place = present(train.locations[valueNamed(train, 'first.out')], 'a place')
    expect(() => checkMemoryPlan(moved(train, valueNamed(train, 'second.out'), { offset: place.offset }))).toThrow(
      /lies over input/,
    )
  })
})

describe('placing buffers', () => {
  test('buffers that never live at once share memory', () => {
    const { offsets, size } = placeBuffers([
      { start: 0, end: 1, size: 100 },
      { start: 2, end: 3, size: 90 },
      { start: 1, end: 2, size: 10 },
    ])
    expect(offsets).toEqual([0, 0, 104])
    expect(size).toBe(120)
  })

  test('a small buffer takes the smallest gap that holds it', () => {
    const { offsets, size } = placeBuffers([
      { start: 0, end: 9, size: 64 },
      { start: 0, end: 4, size: 40 },
      { start: 0, end: 9, size: 32 },
      { start: 0, end: 4, size: 24 },
      { start: 0, end: 9, size: 24 },
      { start: 5, end: 9, size: 8 },
      { start: 5, end: 9, size: 20 },
    ])
    // Free from 5 on: 64–104 (40 wide) and 136–160 (24 wide).
    expect(offsets).toEqual([0, 64, 104, 136, 160, 64, 136])
    expect(size).toBe(184)
  })

  test('nothing needs nothing', () => {
    expect(placeBuffers([])).toEqual({ offsets: [], size: 0 })
  })
})

test('rows and steps scale the arena', () => {
  const chain = chainOf({
    data: { type: 'dataset' },
    lstm: { type: 'lstm' },
    last: { type: 'lastStep' },
    dense: { type: 'dense', settings: { size: null } },
    forecast: { type: 'forecast' },
  })
  const arena = (rows: number, steps: number): number => {
    const result = compileModel(chain, 'm', weather, { mode: 'train', rows, steps })
    return result.ok ? result.value.sizes.arena : 0
  }
  expect(arena(16, 24)).toBeGreaterThan(arena(8, 24))
  expect(arena(8, 24)).toBeGreaterThan(arena(8, 6))
})
