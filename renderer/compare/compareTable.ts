import { formatCount } from '../../engine/data/describeData'
import type { Metric } from '../../engine/data/prepared'
import type { UnrollDocument } from '../../engine/document/schema'
import { formatMetric } from '../run/resultWords'
import { durationWords } from '../run/timeLeft'
import { type BestPoint, bestEntries, bestPoint, type Comparison, type Entry, isOutdated } from './comparison'

export const COLUMNS = ['name', 'parameters', 'stepMilliseconds', 'score', 'bestSeconds', 'steps'] as const
export type Column = (typeof COLUMNS)[number]

export interface Sorting {
  column: Column
  /** Smallest first. */
  rising: boolean
}

export interface CompareRow {
  entry: Entry
  /** Place among the models: what its curve looks like. */
  index: number
  cells: Record<Column, string>
  best: BestPoint | null
  isBest: boolean
  /** Its result was made before the last change of the model, the data or the settings. */
  outdated: boolean
  /** How it stands, in words; empty when it is simply done. */
  status: string
}

/** "Right answers, more is better". */
export function scoreWords(metric: Metric): string {
  const unit = metric.kind === 'accuracy' || metric.unit === '' ? '' : ` in ${metric.unit}`
  return `${capital(metric.label)}${unit}, ${metric.kind === 'accuracy' ? 'more' : 'less'} is better`
}

export function columnTitle(column: Column, metric: Metric | null): string {
  switch (column) {
    case 'name':
      return 'Model'
    case 'parameters':
      return 'Weights'
    case 'stepMilliseconds':
      return 'ms per step'
    case 'score':
      return metric ? `Best ${metric.label}` : 'Best score'
    case 'bestSeconds':
      return 'Time to best'
    case 'steps':
      return 'Steps'
  }
}

/** The order that a column begins with: what is better or smaller first. */
export function firstSorting(column: Column, metric: Metric | null): Sorting {
  return { column, rising: !(column === 'score' && metric?.kind === 'accuracy') }
}

/** Rows as they are to stand; models without a number in the column come last. */
export function compareRows(comparison: Comparison, now: UnrollDocument, sorting: Sorting): CompareRow[] {
  const { metric } = comparison
  const top = bestEntries(comparison)
  const rows = comparison.entries.map((entry, index): CompareRow => {
    const best = bestPoint(metric, entry)
    return {
      entry,
      index,
      best,
      isBest: top.includes(entry),
      outdated: entry.points.length > 0 && isOutdated(comparison, entry, now),
      status: statusOf(entry),
      cells: {
        name: entry.name,
        parameters: formatCount(entry.parameters),
        stepMilliseconds: entry.stepMilliseconds === null ? '–' : milliseconds(entry.stepMilliseconds),
        score: metric && best ? formatMetric(metric, best.point.metric) : '–',
        bestSeconds: best ? durationWords(best.seconds) : '–',
        steps: entry.steps === 0 ? '–' : formatCount(entry.steps),
      },
    }
  })
  const { column, rising } = sorting
  const sign = rising ? 1 : -1
  return rows.sort((a, b) => {
    if (column === 'name') return sign * a.entry.name.localeCompare(b.entry.name)
    const [x, y] = [sortValue(a, column), sortValue(b, column)]
    if (!Number.isFinite(x) || !Number.isFinite(y)) return Number(Number.isFinite(y)) - Number(Number.isFinite(x))
    return sign * (x - y) || a.index - b.index
  })
}

function sortValue({ entry, best }: CompareRow, column: Exclude<Column, 'name'>): number {
  if (column === 'score') return best?.point.metric ?? Number.NaN
  if (column === 'bestSeconds') return best?.seconds ?? Number.NaN
  if (column === 'steps') return entry.steps === 0 ? Number.NaN : entry.steps
  return entry[column] ?? Number.NaN
}

function milliseconds(value: number): string {
  return value < 10 ? value.toFixed(1) : formatCount(Math.round(value))
}

function statusOf({ outcome, message }: Entry): string {
  switch (outcome) {
    case 'waiting':
      return 'waits'
    case 'training':
      return 'trains now'
    case 'done':
      return ''
    case 'stopped':
      return 'stopped early'
    case 'skipped':
      return 'not trained'
    case 'problem':
      return `left out: ${message ?? ''}`
    case 'failed':
      return `broke off: ${message ?? ''}`
  }
}

/** The table for a spreadsheet or a mail: cells parted by tabs. */
export function tableText(comparison: Comparison, rows: readonly CompareRow[]): string {
  const titles = COLUMNS.map((column) => columnTitle(column, comparison.metric))
  const lines = rows.map(({ cells, status, isBest, outdated }) => {
    const remarks = [isBest ? 'best' : '', status, outdated ? 'made before the last change' : ''].filter(Boolean)
    return [...COLUMNS.map((column) => cells[column].replaceAll('\u00a0', ' ')), remarks.join(', ')].join('\t')
  })
  return [[...titles, 'Remarks'].join('\t'), ...lines].join('\n')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
