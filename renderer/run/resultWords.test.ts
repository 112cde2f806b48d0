import { describe, expect, it } from 'vitest'
import type { Baseline, DataSummary, Metric } from '../../engine/data/prepared'
import { compare, examplesWord, formatMetric, strongest } from './resultWords'

const degrees: Metric = { kind: 'absoluteError', label: 'mean error', unit: '°C' }
const letters: Metric = { kind: 'accuracy', label: 'right letters', unit: '%' }

function baseline(name: string, metric: number): Baseline {
  const everywhere = { training: metric, validation: metric, test: metric }
  return { name, loss: everywhere, metric: everywhere }
}

describe('result in words', () => {
  it('says an error and how much better it is than the strongest baseline', () => {
    const baselines = [baseline('the mean', 6.1), baseline('same as today', 2.6)]
    expect(compare(degrees, 1.9, baselines, 'test', 'days')).toEqual({
      headline: 'Off by 1.9 °C on unseen days.',
      comparison: '“same as today” is off by 2.6 °C. Better by 27 %.',
      difference: 'better by 27 %',
      tone: 'good',
    })
    expect(strongest(degrees, baselines, 'test')?.name).toBe('same as today')
  })

  it.each([
    [2.6, 'No better than that yet.', 'level'],
    [3.9, 'Worse by 50 %.', 'bad'],
    [13, '5.0 times as far off.', 'bad'],
    [26_000, '10 000 times as far off.', 'bad'],
    [2.585, 'Better by 1 %.', 'good'],
  ] as const)('off by %s against 2.6: %s', (value, words, tone) => {
    const said = compare(degrees, value, [baseline('same as today', 2.6)], 'test', 'days')
    expect(said.comparison.endsWith(words)).toBe(true)
    expect(said.tone).toBe(tone)
  })

  it('says an accuracy in points', () => {
    expect(compare(letters, 0.541, [baseline('guessing by frequency', 0.17)], 'test', 'letters')).toEqual({
      headline: 'Right for 54 % of unseen letters.',
      comparison: '“guessing by frequency” is right for 17 %. Better by 37 points.',
      difference: 'better by 37 points',
      tone: 'good',
    })
    expect(compare(letters, 0.1, [baseline('x', 0.17)], 'test', 'letters').comparison).toContain('Worse by 7.0 points.')
  })

  it('does not quote twice', () => {
    const said = compare(letters, 0.87, [baseline('always “modern”', 0.52)], 'test', 'texts')
    expect(said.comparison).toBe('Always “modern” is right for 52 %. Better by 35 points.')
  })

  it('stands alone when there is no baseline', () => {
    expect(compare(degrees, 1.9, [], 'test', 'examples')).toMatchObject({ comparison: '', tone: 'unknown' })
  })

  it('writes metrics with the digits they deserve', () => {
    expect(formatMetric(degrees, 128.4)).toBe('128 °C')
    expect(formatMetric({ ...degrees, unit: '' }, 0.0234)).toBe('0.0234')
    expect(formatMetric(letters, 0.034)).toBe('3.4 %')
    expect(formatMetric(letters, 0)).toBe('0 %')
    expect(formatMetric(degrees, Number.NaN)).toBe('–')
  })

  it('calls examples by their name', () => {
    const summary: DataSummary = {
      title: '',
      sentence: '',
      input: { kind: 'numbers', features: [] },
      target: { kind: 'numbers', names: [] },
      maximumSteps: 1,
      variableLength: false,
      stepWord: 'day',
      examples: { training: 1, validation: 1, test: 1 },
      fingerprint: '',
    }
    expect(examplesWord(null)).toBe('examples')
    expect(examplesWord(summary)).toBe('days')
    expect(examplesWord({ ...summary, stepWord: 'step' })).toBe('examples')
    expect(examplesWord({ ...summary, target: { kind: 'symbol', vocabulary: 9, unit: 'letter' } })).toBe('letters')
    expect(examplesWord({ ...summary, target: { kind: 'class', classes: [] } })).toBe('texts')
  })
})
