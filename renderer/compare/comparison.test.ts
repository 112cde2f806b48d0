import { describe, expect, it } from 'vitest'
import { applyEdits } from '../../engine/document/applyEdit'
import type { UnrollDocument } from '../../engine/document/schema'
import { chain, smallDocument } from '../../engine/testing/smallDocument'
import { columnTitle, compareRows, firstSorting, scoreWords, tableText } from './compareTable'
import { compareView, compareWords } from './compareView'
import {
  beginComparison,
  bestEntries,
  bestPoint,
  type Comparison,
  changeEntry,
  type Entry,
  isOutdated,
  missingModels,
  overallProgress,
} from './comparison'

const right = { kind: 'accuracy', label: 'right answers', unit: '%' } as const

/** Three models: the small LSTM, the same again under another name, and one that is broken. */
function three(): UnrollDocument {
  const document = smallDocument()
  const [small] = document.models
  if (!small) throw new Error('no model')
  return { ...document, models: [small, { ...small, id: 'second', name: 'Second' }, chain('broken', [])] }
}

function point(epoch: number, metric: number, loss = 1 - metric) {
  return { step: epoch * 10, epoch, metric, loss }
}

const analysis = Object.fromEntries(
  ['small', 'second', 'broken'].map((model, index) => [
    model,
    {
      nodes: {},
      parameters: 1000 * (index + 1),
      flopsPerExample: index === 1 ? 300 : 100,
      data: null,
      problems:
        model === 'broken'
          ? [
              {
                code: 'model.noOutput',
                severity: 'error' as const,
                message: 'It has no output.',
                place: { kind: 'model' as const, model },
              },
            ]
          : [],
    },
  ]),
)

function begun(): Comparison {
  return { ...beginComparison(three(), null, analysis), metric: right, stepsPerEpoch: 10 }
}

function trained(): Comparison {
  const first: Partial<Entry> = {
    outcome: 'done',
    points: [point(1, 0.2), point(2, 0.9), point(3, 0.9)],
    times: [1, 2, 3],
    steps: 30,
    totalSteps: 30,
    stepMilliseconds: 4.25,
  }
  const second: Partial<Entry> = {
    outcome: 'stopped',
    points: [point(1, 0.5), point(2, 0.7)],
    times: [2, 4],
    steps: 20,
    totalSteps: 30,
    stepMilliseconds: 12,
  }
  return { ...changeEntry(changeEntry(begun(), 'small', first), 'second', second), running: false }
}

describe('a comparison', () => {
  it('begins with every model waiting, but those that have problems', () => {
    expect(begun().entries.map(({ name, outcome, message }) => [name, outcome, message])).toEqual([
      ['small', 'waiting', null],
      ['Second', 'waiting', null],
      ['broken', 'problem', 'It has no output.'],
    ])
  })

  it('takes the first time that the best score was reached', () => {
    const [first] = trained().entries
    if (!first) throw new Error('no entry')
    expect(bestPoint(right, first)).toEqual({ point: point(2, 0.9), seconds: 2 })
    expect(bestPoint({ ...right, kind: 'absoluteError' }, first)?.point.epoch).toBe(1)
  })

  it('has several best ones where the scores read the same, and none while there is only one', () => {
    expect(bestEntries(begun())).toEqual([])
    expect(bestEntries(trained()).map(({ name }) => name)).toEqual(['small'])
    const tie = changeEntry(trained(), 'second', { points: [point(1, 0.9004)], times: [7] })
    expect(bestEntries(tie).map(({ name }) => name)).toEqual(['small', 'Second'])
  })

  it('is outdated by a change of meaning, of the model itself or of what all share, and by no other', () => {
    const comparison = trained()
    const [first, second] = comparison.entries
    if (!first || !second) throw new Error('no entries')
    const now = comparison.document
    const edited = (...edits: Parameters<typeof applyEdits>[1]) => applyEdits(now, edits)
    expect(isOutdated(comparison, first, now)).toBe(false)
    const changed = edited({ kind: 'setSetting', model: 'small', node: 'memory', setting: 'hidden', value: 9 })
    expect(isOutdated(comparison, first, changed)).toBe(true)
    expect(isOutdated(comparison, second, changed)).toBe(false)
    const renamed = edited(
      { kind: 'renameNode', model: 'small', node: 'memory', name: 'Mine' },
      { kind: 'renameModel', model: 'small', name: 'Other' },
      { kind: 'moveNodes', model: 'small', positions: { memory: { x: 5, y: 5 } } },
    )
    expect(isOutdated(comparison, first, renamed)).toBe(false)
    expect(isOutdated(comparison, second, edited({ kind: 'setTraining', changes: { seed: 5 } }))).toBe(true)
    expect(isOutdated(comparison, second, edited({ kind: 'deleteModel', model: 'second' }))).toBe(true)
    const [small] = now.models
    if (!small) throw new Error('no model')
    const added = edited({ kind: 'addModel', model: { ...small, id: 'new', name: 'New' }, positions: {} })
    expect(missingModels(comparison, added)).toEqual(['New'])
    expect(missingModels(comparison, now)).toEqual([])
  })

  it('tells how far all models are by their work, and how long the rest will take', () => {
    const running = changeEntry(begun(), 'small', { outcome: 'training' })
    expect(overallProgress(running, { step: 15, totalSteps: 30, secondsLeft: 10 })).toEqual({
      place: 1,
      count: 2,
      share: 0.125,
      // Half of 100 takes 10 s, so 300 more take 60 s.
      secondsLeft: 70,
    })
    expect(
      overallProgress({ ...running, stopping: true }, { step: 15, totalSteps: 30, secondsLeft: 10 }).secondsLeft,
    ).toBe(10)
    const last = changeEntry(changeEntry(begun(), 'small', { outcome: 'done' }), 'second', { outcome: 'training' })
    expect(overallProgress(last, { step: 0, totalSteps: 0, secondsLeft: null })).toEqual({
      place: 2,
      count: 2,
      share: 0.25,
      secondsLeft: null,
    })
  })
})

describe('the table', () => {
  it('stands by the score, better first, models without one last', () => {
    const comparison = trained()
    const rows = compareRows(comparison, comparison.document, firstSorting('score', right))
    expect(
      rows.map(({ cells, isBest, status }) => [cells.name, cells.score, cells.bestSeconds, isBest, status]),
    ).toEqual([
      ['small', '90 %', '2 s', true, ''],
      ['Second', '70 %', '4 s', false, 'stopped early'],
      ['broken', '–', '–', false, 'left out: It has no output.'],
    ])
    expect(rows.every(({ outdated }) => !outdated)).toBe(true)
  })

  it.each([
    ['name', true, ['broken', 'Second', 'small']],
    ['parameters', false, ['broken', 'Second', 'small']],
    ['stepMilliseconds', true, ['small', 'Second', 'broken']],
    ['bestSeconds', false, ['Second', 'small', 'broken']],
    ['steps', true, ['Second', 'small', 'broken']],
  ] as const)('sorts by %s, rising: %s', (column, rising, names) => {
    const comparison = trained()
    const rows = compareRows(comparison, comparison.document, { column, rising })
    expect(rows.map(({ entry }) => entry.name)).toEqual(names)
  })

  it('names the metric and which way is better', () => {
    expect(scoreWords(right)).toBe('Right answers, more is better')
    expect(scoreWords({ kind: 'absoluteError', label: 'mean error', unit: '°C' })).toBe(
      'Mean error in °C, less is better',
    )
    expect(columnTitle('score', right)).toBe('Best right answers')
  })

  it('goes into a spreadsheet as text', () => {
    const comparison = trained()
    const rows = compareRows(comparison, comparison.document, firstSorting('score', right))
    expect(tableText(comparison, rows).split('\n')).toEqual([
      'Model\tWeights\tms per step\tBest right answers\tTime to best\tSteps\tRemarks',
      'small\t1 000\t4.3\t90 %\t2 s\t30\tbest',
      'Second\t2 000\t12\t70 %\t4 s\t20\tstopped early',
      'broken\t3 000\t–\t–\t–\t–\tleft out: It has no output.',
    ])
  })
})

describe('the chart', () => {
  it('has nothing to draw before the first validation', () => {
    expect(compareView(null, 'score', null)).toBeNull()
    expect(compareView(begun(), 'score', null)).toBeNull()
    expect(compareWords(begun()).reading).toBe('Comparison: nothing trained yet')
  })

  it('draws each model with its own hue and dashes, its best ringed, and baselines', () => {
    const baselines = [
      { name: 'always “A”', loss: split(2), metric: split(0.1) },
      { name: 'by chance', loss: split(3), metric: split(0.05) },
    ]
    const view = compareView({ ...trained(), baselines }, 'score', null)
    expect(view?.lines.map(({ label, ink, dash, y }) => [label, ink, dash, y])).toEqual([
      ['small 90 %', 'blue', [], [0.2, 0.9, 0.9]],
      ['Second 70 %', 'orange', [7, 5], [0.5, 0.7]],
    ])
    expect(view?.marks.map(({ x, y }) => [x, y])).toEqual([
      [20, 0.9],
      [20, 0.7],
    ])
    expect(view?.guides.map(({ label }) => label)).toEqual(['always “A” 10 %', 'by chance 5.0 %'])
    expect(view?.x).toMatchObject({ low: 0, high: 30 })
    const loss = compareView({ ...trained(), baselines }, 'loss', null)
    expect(loss?.lines[0]?.y.map((value) => Number(value.toFixed(3)))).toEqual([0.8, 0.1, 0.1])
    expect(loss?.guides[0]?.value).toBe(2)
  })

  it('lets one line stand out and the others stand back', () => {
    const view = compareView(trained(), 'score', 'second')
    expect(view?.lines.map(({ width, opacity }) => [width, opacity])).toEqual([
      [2, 0.3],
      [3.5, undefined],
    ])
  })

  it('says in words what it shows', () => {
    expect(compareWords(trained())).toEqual({
      verdict: 'small',
      tone: 'calm',
      reading: 'Best right answers on validation: small 90 %, Second 70 %',
    })
    expect(compareWords({ ...trained(), running: true }).verdict).toBe('small, so far')
  })
})

function split(value: number) {
  return { training: value, validation: value, test: value }
}
