import { isSame } from '../../engine/base/isSame'
import type { ModelAnalysis } from '../../engine/compile/analyse'
import type { Baseline, Metric } from '../../engine/data/prepared'
import type { Diagnostic } from '../../engine/document/diagnostic'
import type { Model, UnrollDocument } from '../../engine/document/schema'
import type { EvaluationPoint } from '../../engine/telemetry/frame'
import { formatMetric, isBetter } from '../run/resultWords'

/**
 * How one model of a comparison stands. `stopped`: ended early by hand, what it reached counts; `skipped`: never begun; `problem`: it
 * cannot be trained as it is; `failed`: training went wrong. `message` says why, for the last two.
 */
export type EntryOutcome = 'waiting' | 'training' | 'done' | 'stopped' | 'skipped' | 'problem' | 'failed'

/** One model of a comparison. */
export interface Entry {
  model: string
  name: string
  /** Weights. */
  parameters: number
  /** Floating point operations for one example: how the cost of models compares before they are trained. */
  flops: number
  outcome: EntryOutcome
  message: string | null
  /** Id of its run; null before it begins. */
  run: string | null
  /** Validation, in the order of steps. */
  points: readonly EvaluationPoint[]
  /** Seconds of training until each of them. */
  times: readonly number[]
  /** Median of a recent step; null before the first. */
  stepMilliseconds: number | null
  seconds: number
  /** Optimizer steps done, and those it was to do. */
  steps: number
  totalSteps: number
}

/** Every model of a document, trained one after another on the same data with the same settings and seed. */
export interface Comparison {
  /** As it was at the start: what all of them are trained from, whatever is edited meanwhile. */
  document: UnrollDocument
  path: string | null
  entries: readonly Entry[]
  running: boolean
  /** The rest is not to be begun. */
  stopping: boolean
  /** Told by the engine when the first model begins. */
  metric: Metric | null
  baselines: readonly Baseline[]
  stepsPerEpoch: number
}

/** All models waiting to be trained, but those that have errors. */
export function beginComparison(
  document: UnrollDocument,
  path: string | null,
  analysis: Readonly<Record<string, ModelAnalysis>>,
): Comparison {
  const entries = document.models.map((model): Entry => {
    const known = analysis[model.id]
    const problem = firstError(known?.problems ?? [])
    return {
      model: model.id,
      name: model.name,
      parameters: known?.parameters ?? 0,
      flops: known?.flopsPerExample ?? 0,
      outcome: problem ? 'problem' : 'waiting',
      message: problem?.message ?? null,
      run: null,
      points: [],
      times: [],
      stepMilliseconds: null,
      seconds: 0,
      steps: 0,
      totalSteps: 0,
    }
  })
  return { document, path, entries, running: true, stopping: false, metric: null, baselines: [], stepsPerEpoch: 1 }
}

export function firstError(problems: readonly Diagnostic[]): Diagnostic | null {
  return problems.find(({ severity }) => severity === 'error') ?? null
}

export function changeEntry(comparison: Comparison, model: string, changes: Partial<Entry>): Comparison {
  const entries = comparison.entries.map((entry) => (entry.model === model ? { ...entry, ...changes } : entry))
  return { ...comparison, entries }
}

export function currentEntry({ entries }: Comparison): Entry | null {
  return entries.find(({ outcome }) => outcome === 'training') ?? null
}

export interface BestPoint {
  point: EvaluationPoint
  /** Of training until then. */
  seconds: number
}

/** Where a model's metric was best, and for the first time so good; null before the first validation. */
export function bestPoint(metric: Metric | null, { points, times }: Entry): BestPoint | null {
  let best: BestPoint | null = null
  for (const [index, point] of points.entries()) {
    if (best && (!metric || !isBetter(metric, point.metric, best.point.metric))) continue
    best = { point, seconds: times[index] ?? 0 }
  }
  return best
}

/** The models with the best score, as it is read: several where it is the same; none while there are not two to compare. */
export function bestEntries({ entries, metric }: Pick<Comparison, 'entries' | 'metric'>): Entry[] {
  const ranked = entries.flatMap((entry) => {
    const best = bestPoint(metric, entry)
    return best ? [{ entry, score: best.point.metric }] : []
  })
  if (!metric || ranked.length < 2) return []
  const top = ranked.reduce((a, b) => (isBetter(metric, b.score, a.score) ? b : a)).score
  return ranked
    .filter(({ score }) => formatMetric(metric, score) === formatMetric(metric, top))
    .map(({ entry }) => entry)
}

/** "LSTM", "LSTM and Transformer", "LSTM, GRU and RNN". */
export function namesOf(entries: readonly Entry[]): string {
  const names = entries.map(({ name }) => name)
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** True when the model, the data or the training settings are not what this result was made with; a name or a place counts for nothing. */
export function isOutdated(comparison: Comparison, entry: Entry, now: UnrollDocument): boolean {
  const then = comparison.document
  if (!isSame(then.data, now.data) || !isSame(then.training, now.training)) return true
  const [before, after] = [then, now].map(({ models }) => models.find(({ id }) => id === entry.model))
  return !before || !after || !sameMeaning(before, after)
}

function sameMeaning(a: Model, b: Model): boolean {
  if (a === b) return true
  return isSame(a.wires, b.wires) && (a.nodes === b.nodes || isSame(withoutNames(a), withoutNames(b)))
}

function withoutNames({ nodes }: Model): Record<string, unknown> {
  return Object.fromEntries(Object.entries(nodes).map(([id, { name: _, ...node }]) => [id, node]))
}

/** Names of models that came later and have no result. */
export function missingModels(comparison: Comparison, now: UnrollDocument): string[] {
  const known = new Set(comparison.entries.map(({ model }) => model))
  return now.models.filter(({ id }) => !known.has(id)).map(({ name }) => name)
}

export interface OverallProgress {
  /** From 1. */
  place: number
  count: number
  /** 0 … 1, each model weighing as much as its work. */
  share: number
  secondsLeft: number | null
}

/** How far all models together are. `run`: the one that trains. */
export function overallProgress(
  { entries, stopping }: Comparison,
  run: { step: number; totalSteps: number; secondsLeft: number | null },
): OverallProgress {
  const asked = entries.filter(({ outcome }) => outcome !== 'problem')
  const at = asked.findIndex(({ outcome }) => outcome === 'training')
  const current = asked[at]
  const work = (entry: Entry): number => Math.max(1, entry.flops)
  const share = run.totalSteps > 0 ? run.step / run.totalSteps : 0
  const all = asked.reduce((sum, entry) => sum + work(entry), 0)
  const before = asked.slice(0, Math.max(0, at)).reduce((sum, entry) => sum + work(entry), 0)
  const after = asked.filter(({ outcome }) => outcome === 'waiting').reduce((sum, entry) => sum + work(entry), 0)
  const secondsLeft =
    current && run.secondsLeft !== null && share < 1
      ? run.secondsLeft * (1 + (stopping ? 0 : after / (work(current) * (1 - share))))
      : null
  return {
    place: Math.max(0, at) + 1,
    count: asked.length,
    share: all > 0 ? (before + (current ? share * work(current) : 0)) / all : 0,
    secondsLeft,
  }
}
