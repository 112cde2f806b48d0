import { describe, expect, it } from 'vitest'
import type { Baseline, Metric } from '../../engine/data/prepared'
import { resultRows } from './resultRows'

const degrees: Metric = { kind: 'absoluteError', label: 'mean error', unit: '°C' }

function baseline(name: string, validation: number, test: number): Baseline {
  const metric = { training: 0, validation, test }
  return { name, loss: metric, metric }
}

describe('bars of the result', () => {
  it('put the model first and the strongest baseline next, on one scale', () => {
    const baselines = [baseline('the mean', 9, 8), baseline('same as today', 3, 2)]
    expect(resultRows(degrees, 1, baselines, 'test')).toEqual([
      { name: 'this model', text: '1.0 °C', share: 0.125, mine: true },
      { name: 'same as today', text: '2.0 °C', share: 0.25, mine: false },
      { name: 'the mean', text: '8.0 °C', share: 1, mine: false },
    ])
    expect(resultRows(degrees, null, baselines, 'validation').map((row) => row.text)).toEqual(['3.0 °C', '9.0 °C'])
  })

  it('show accuracies against everything right', () => {
    const letters: Metric = { kind: 'accuracy', label: 'right letters', unit: '%' }
    const rows = resultRows(letters, 0.5, [baseline('a', 0.1, 0.1), baseline('b', 0.2, 0.2)], 'test')
    expect(rows.map((row) => [row.name, row.share])).toEqual([
      ['this model', 0.5],
      ['b', 0.2],
      ['a', 0.1],
    ])
  })
})
