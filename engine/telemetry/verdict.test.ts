import { describe, expect, it } from 'vitest'
import { present } from '../base/invariant'
import type { GateStatistics } from './frame'
import { mergeGateStatistics } from './gateStatistics'
import { gateVerdict } from './verdict'

const gate = (name: string, mean: number, low = 0, high = 0): GateStatistics => ({
  node: 'n',
  gate: name,
  mean,
  low,
  high,
})

describe('gateVerdict', () => {
  it.each([
    ['half kept each step', 0.5, 'Remembers about 2 steps'],
    ['nine tenths kept', 0.9, 'Remembers about 10 steps'],
    ['0.973 kept', 0.973, 'Remembers about 35 steps'],
    ['a tenth kept', 0.1, 'Remembers about 1 step'],
  ])('%s', (_, mean, text) => {
    expect(gateVerdict([gate('input', 0.5), gate('forget', mean), gate('output', 0.5)])).toMatchObject({
      tone: 'calm',
      text,
    })
    expect(gateVerdict([gate('reset', 0.5), gate('update', mean)])).toMatchObject({ tone: 'calm', text })
  })

  it('counts in the words of the data', () => {
    const gates = [gate('input', 0.5), gate('forget', 0.9)]
    expect(gateVerdict(gates, { one: 'day', many: 'days' })?.text).toBe('Remembers about 10 days')
  })

  it('of several copies says the one that remembers longest, and a warning before all', () => {
    const copies = (backward: number, low = 0): GateStatistics[] => [
      gate('forget', 0.5),
      { ...gate('forget', backward, low), copy: 'backward' },
    ]
    const [forward, second] = copies(0.9)
    const both = [{ ...present(forward, 'two'), copy: 'forward' }, present(second, 'two')]
    expect(gateVerdict(both)).toMatchObject({ text: 'Remembers about 10 steps' })
    expect(gateVerdict(both)?.detail).toMatch(/^Of the copy “backward”: On average the forget gate keeps 90 %/)
    expect(gateVerdict(copies(0.02, 0.99))).toMatchObject({ tone: 'warning', text: 'Forgets at once' })
  })

  it('says when the memory is never written', () => {
    const verdict = gateVerdict([gate('input', 0.03, 0.95), gate('forget', 0.9)])
    expect(verdict).toMatchObject({ tone: 'warning', text: 'Writes hardly anything new' })
    expect(verdict?.detail).toContain('95 %')
  })

  it('says when nothing is kept', () => {
    expect(gateVerdict([gate('input', 0.5), gate('forget', 0.02, 0.99)])).toMatchObject({ text: 'Forgets at once' })
  })

  it('says when everything is kept', () => {
    expect(gateVerdict([gate('input', 0.5), gate('forget', 0.97, 0, 0.96)])).toMatchObject({
      text: 'Keeps nearly everything',
    })
    expect(gateVerdict([gate('input', 0.5), gate('forget', 0.999, 0, 0.5)])).toMatchObject({
      text: 'Keeps nearly everything',
    })
  })

  it('says when all gates are stuck at an end', () => {
    const stuck = [gate('reset', 0.5, 0.5, 0.48), gate('update', 0.5, 0.47, 0.5)]
    expect(gateVerdict(stuck)).toMatchObject({ tone: 'notice', text: 'Gates are wide open or shut' })
  })

  it('reads what is kept off an input gate that stands alone', () => {
    expect(gateVerdict([gate('input', 0.1), gate('output', 0.5)])).toMatchObject({ text: 'Remembers about 10 steps' })
    const open = gateVerdict([gate('input', 0.98, 0, 0.97)])
    expect(open).toMatchObject({ tone: 'warning', text: 'Forgets at once' })
    expect(open?.detail).toBe('The input gate is open (above 0.9) in 97 % of cases: nothing is kept for the next step.')
  })

  it('has nothing to say of a node without a keeping gate', () => {
    expect(gateVerdict([])).toBeNull()
    expect(gateVerdict([gate('attention', 0.5)])).toBeNull()
  })
})

describe('mergeGateStatistics', () => {
  it('weighs shards by their activations', () => {
    const merged = mergeGateStatistics({ node: 'lstm', labels: ['input', 'forget'] }, [
      [10, 5, 1, 2, 10, 9, 0, 8],
      [30, 3, 27, 0, 30, 27, 0, 20],
    ])
    expect(merged).toEqual([
      { node: 'lstm', gate: 'input', mean: 8 / 40, low: 28 / 40, high: 2 / 40 },
      { node: 'lstm', gate: 'forget', mean: 36 / 40, low: 0, high: 28 / 40 },
    ])
  })

  it('leaves out gates that never ran and refuses a probe of another size', () => {
    expect(mergeGateStatistics({ node: 'n', labels: ['a'] }, [[0, 0, 0, 0]])).toEqual([])
    expect(() => mergeGateStatistics({ node: 'n', labels: ['a', 'b'] }, [[1, 1, 0, 0]])).toThrow('too few rows')
  })
})
