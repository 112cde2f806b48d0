import { describe, expect, test } from 'vitest'
import { weather } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'

const input = { kind: 'sequence', features: 4 } as const
const twice = (shape: { kind: string }) => ({ kind: 'sequence' as const, features: widthOf(shape) * 2 })

function widthOf(shape: { kind: string; features?: number }): number {
  return shape.features ?? 0
}

const alone = (settings: Record<string, unknown>, more: Partial<Parameters<typeof lowerAlone>[1]> = {}) =>
  lowerAlone('stack', { data: weather, input, settings, ...more })

describe('copies', () => {
  test('each reads what the one before gives', () => {
    expect(alone({ times: 3 }, { content: twice }).shapes).toEqual({ out: { kind: 'sequence', features: 32 } })
    expect(alone({ times: 1 }).instructions).toEqual([])
  })

  test('dropout stands between them, each with a stream of its own, while training only', () => {
    const settings = { times: 3, dropout: 0.25 }
    expect(alone(settings).instructions).toEqual([
      'dropout {"rate":0.25,"stream":0}',
      'dropout {"rate":0.25,"stream":1}',
    ])
    expect(alone(settings, { mode: 'predict' }).instructions).toEqual([])
  })

  test('a shortcut adds what goes into a copy to what comes out, behind the dropout', () => {
    expect(alone({ times: 2, residual: true, dropout: 0.5 }).instructions).toEqual([
      'dropout {"rate":0.5,"stream":0}',
      'add',
      'add',
    ])
  })
})

describe('width', () => {
  test.each([
    [
      { times: 2, residual: true },
      'Stack: for the shortcut what it holds must give as many numbers as it takes, but it takes 4 and gives 8. Turn off Shortcut around each, or make both the same.',
    ],
    [
      { times: 2, weights: 'shared' },
      'Stack: to share weights what it holds must give as many numbers as it takes, but it takes 4 and gives 8. Set Weights to Separate, or make both the same.',
    ],
  ])('%j needs the same at both ends', (settings, message) => {
    expect(alone(settings, { content: twice }).problems).toEqual([message])
    expect(alone(settings).problems).toEqual([])
  })

  test('one copy has nobody to share its weights with', () => {
    expect(alone({ times: 1, weights: 'shared' }, { content: twice }).problems).toEqual([])
  })
})
