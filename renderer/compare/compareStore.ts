import { create } from 'zustand'
import type { EvaluationPoint } from '../../engine/telemetry/frame'
import { formatMetric } from '../run/resultWords'
import { telemetry } from '../run/telemetry'
import { useApp } from '../state/app'
import { useDocument } from '../state/document'
import { useRun } from '../state/run'
import { isBusy, type RunState } from '../state/runMachine'
import {
  beginComparison,
  bestEntries,
  bestPoint,
  type Comparison,
  changeEntry,
  currentEntry,
  type Entry,
  namesOf,
} from './comparison'

/** Models that cannot be trained, asked about before the others are. */
export interface TrainAllQuestion {
  broken: readonly { model: string; name: string; message: string }[]
  /** Models that can be trained. */
  sound: number
}

interface CompareStore {
  /** The newest comparison of the open document; null: none yet. */
  comparison: Comparison | null
  question: TrainAllQuestion | null
  /** The model whose curve stands out. */
  highlight: string | null

  /** Trains every model of the document, or first asks about those that cannot be. */
  trainAll(): void
  /** Trains those that can be. */
  confirm(): void
  cancelQuestion(): void
  /** Ends the model that trains, keeps what it reached, and goes on with the next. */
  skip(): void
  /** Ends the model that trains and begins no other. */
  stopAll(): void
  setHighlight(model: string | null): void
  /** Another document is open. */
  clear(): void
}

export const useCompare = create<CompareStore>()((set, get) => ({
  comparison: null,
  question: null,
  highlight: null,
  trainAll() {
    if (isBusy(useRun.getState().state)) return
    const { document, analysis, dataProblems } = useDocument.getState()
    const unreadable = dataProblems.find(({ severity }) => severity === 'error')
    const broken = beginComparison(document, null, analysis)
      .entries.map(({ model, name, message }) => ({ model, name, message: unreadable?.message ?? message }))
      .flatMap((entry) => (entry.message === null ? [] : [{ ...entry, message: entry.message }]))
    if (broken.length > 0) set({ question: { broken, sound: document.models.length - broken.length } })
    else get().confirm()
  },
  confirm() {
    set({ question: null })
    if (isBusy(useRun.getState().state)) return
    const { document, path, analysis } = useDocument.getState()
    set({ comparison: beginComparison(document, path, analysis), highlight: null })
    useApp.getState().showDock('compare')
    trainNext()
  },
  cancelQuestion: () => set({ question: null }),
  skip: () => useRun.getState().stop(),
  stopAll() {
    const { comparison } = get()
    if (comparison?.running) set({ comparison: { ...comparison, stopping: true } })
    useRun.getState().stop()
  },
  setHighlight(highlight) {
    if (get().highlight !== highlight) set({ highlight })
  },
  clear: () => set({ comparison: null, question: null, highlight: null }),
}))

function change(model: string, changes: Partial<Entry>): void {
  const { comparison } = useCompare.getState()
  if (comparison) useCompare.setState({ comparison: changeEntry(comparison, model, changes) })
}

/** Begins the next model, or ends the comparison when none is left. */
function trainNext(): void {
  const { comparison } = useCompare.getState()
  if (!comparison?.running || currentEntry(comparison)) return
  const next = comparison.stopping ? undefined : comparison.entries.find(({ outcome }) => outcome === 'waiting')
  if (!next) {
    const entries = comparison.entries.map(
      (entry): Entry => (entry.outcome === 'waiting' ? { ...entry, outcome: 'skipped' } : entry),
    )
    const ended = { ...comparison, entries, running: false, stopping: false }
    useCompare.setState({ comparison: ended })
    useDocument.getState().announce(endWords(ended))
    return
  }
  const { document, path } = comparison
  const run = useRun.getState().trainModel({ document, path, model: next.model })
  // Somebody else's run is in the way; nothing is begun behind their back.
  if (run === null) {
    useCompare.setState({ comparison: { ...comparison, stopping: true } })
    trainNext()
    return
  }
  change(next.model, { outcome: 'training', run })
  useDocument.getState().announce(`Training ${next.name}.`)
}

function endWords(comparison: Comparison): string {
  const { entries, metric } = comparison
  const trained = entries.filter(({ points }) => points.length > 0)
  const words = `Compared ${trained.length} ${trained.length === 1 ? 'model' : 'models'}.`
  const best = bestEntries(comparison)
  const score = best[0] && bestPoint(metric, best[0])
  if (!score || !metric) return words
  return `${words} Best: ${namesOf(best)}, ${metric.label} ${formatMetric(metric, score.point.metric)}.`
}

/** Takes what the running model told of its validation. */
function takeNews(): void {
  const { comparison } = useCompare.getState()
  const entry = comparison && currentEntry(comparison)
  const trace = entry?.run ? telemetry.traceOf(entry.run) : null
  if (!comparison || !entry || !trace) return
  const isFirst = comparison.metric === null && trace.metric !== null
  if (trace.validation.length === entry.points.length && !isFirst && trace.totalSteps === entry.totalSteps) return
  // Asked for before the data were read, its size was not known at the start.
  const analysis = useDocument.getState().analysis[entry.model]
  const changed = changeEntry(comparison, entry.model, {
    parameters: entry.parameters || (analysis?.parameters ?? 0),
    flops: entry.flops || (analysis?.flopsPerExample ?? 0),
    points: [...trace.validation],
    times: timesOf(trace.validation, entry.times, trace.seconds),
    stepMilliseconds: trace.stepMilliseconds > 0 ? trace.stepMilliseconds : null,
    seconds: trace.seconds,
    steps: trace.validation.at(-1)?.step ?? entry.steps,
    totalSteps: trace.totalSteps,
  })
  const { metric, baselines, stepsPerEpoch } = trace
  useCompare.setState({ comparison: { ...changed, metric, baselines, stepsPerEpoch } })
}

/** When each validation was reached: the newest now, those that came with it in between, by their steps. */
function timesOf(points: readonly EvaluationPoint[], known: readonly number[], now: number): number[] {
  const [from, until] = [points[known.length - 1]?.step ?? 0, points.at(-1)?.step ?? 0]
  const start = known.at(-1) ?? 0
  const more = points
    .slice(known.length)
    .map(({ step }) => start + ((now - start) * (step - from)) / Math.max(1, until - from))
  return [...known, ...more]
}

/** Takes how the run of the current model ended, if it did. */
function takeEnd(state: RunState): boolean {
  const { comparison } = useCompare.getState()
  const entry = comparison && currentEntry(comparison)
  if (!entry || isBusy(state)) return false
  if ('ticket' in state && state.ticket.run !== entry.run) return false
  takeNews()
  switch (state.phase) {
    case 'ended': {
      const { reason, steps, seconds } = state.result
      change(entry.model, { outcome: reason === 'stopped' ? 'stopped' : 'done', steps, seconds })
      break
    }
    case 'diverged':
    case 'failed':
    case 'lost':
      change(entry.model, { outcome: 'failed', message: state.message })
      break
    case 'refused':
      change(entry.model, {
        outcome: 'problem',
        message: state.problems[0]?.message ?? 'It cannot be trained as it is.',
      })
      break
    default:
      change(entry.model, { outcome: 'skipped' })
  }
  return true
}

/** Leads comparisons from model to model and forgets them with their document; returns what ends it. */
export function watchComparison(): () => void {
  const ends = [
    telemetry.subscribe(takeNews),
    useRun.subscribe(({ state }, before) => {
      // Only once everybody has heard of the end: the next run begins by itself.
      if (state !== before.state && takeEnd(state)) queueMicrotask(trainNext)
    }),
    useDocument.subscribe(({ loads }, before) => {
      if (loads !== before.loads) useCompare.getState().clear()
    }),
  ]
  return () => {
    for (const end of ends) end()
  }
}

/** Stops what trains: one model, or all of a comparison. */
export function stopTraining(): void {
  if (useCompare.getState().comparison?.running) useCompare.getState().stopAll()
  else useRun.getState().stop()
}
