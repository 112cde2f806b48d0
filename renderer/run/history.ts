import { create } from 'zustand'
import { assertNever } from '../../engine/base/invariant'
import type { TrainingSettings } from '../../engine/document/trainingSchema'
import type { RunResult } from '../../engine/host/protocol'
import { useDocument } from '../state/document'
import { useRun } from '../state/run'
import { isBusy, type RunState } from '../state/runMachine'
import { telemetry } from './telemetry'

/** How a run stands or ended. */
export type RunOutcome = 'running' | 'ended' | 'diverged' | 'lost' | 'failed'

/** One run of this session, with the settings it was started with. */
export interface RunRecord {
  run: string
  /** From 1, in the order of this session. */
  number: number
  model: string
  modelName: string
  training: TrainingSettings
  /** Milliseconds since the epoch. */
  startedAt: number
  outcome: RunOutcome
  result: RunResult | null
  /** Validation loss over the run, or the training loss when none was measured; filled when the run is over. */
  curve: readonly number[]
}

interface RunHistory {
  /** Newest first. */
  runs: readonly RunRecord[]
  /** The run on show in the charts; null: the newest. */
  shown: string | null
  show(run: string): void
  clear(): void
}

export const useRunHistory = create<RunHistory>()((set) => ({
  runs: [],
  shown: null,
  show(run) {
    telemetry.show(run)
    set({ shown: run })
  },
  clear: () => set({ runs: [], shown: null }),
}))

/** Points of a curve in the list. */
const CURVE_POINTS = 48

/** Writes the session's runs down as they start and end; returns what ends it. `clock` in milliseconds since the epoch. */
export function watchRuns(clock: () => number): () => void {
  return useRun.subscribe(({ state }, { state: before }) => {
    if (state === before || state.phase === 'idle' || state.phase === 'refused') {
      if (state.phase === 'refused') forget(state.ticket.run)
      // Stopped before it had started: it never was a run.
      else if (before.phase === 'starting') forget(before.ticket.run)
      return
    }
    const { ticket } = state
    const { runs } = useRunHistory.getState()
    const known = runs.find((one) => one.run === ticket.run)
    if (!known) {
      const record: RunRecord = {
        ...ticket,
        number: (runs[0]?.number ?? 0) + 1,
        training: (useRun.getState().document ?? useDocument.getState().document).training,
        startedAt: clock(),
        outcome: 'running',
        result: null,
        curve: [],
      }
      useRunHistory.setState({ runs: [record, ...runs], shown: ticket.run })
      return
    }
    if (isBusy(state) || known.outcome !== 'running') return
    const finished: RunRecord = {
      ...known,
      outcome: outcomeOf(state),
      result: state.phase === 'ended' ? state.result : null,
      curve: curveOf(ticket.run),
    }
    useRunHistory.setState({ runs: runs.map((one) => (one === known ? finished : one)) })
  })
}

/** A run that was refused never began. */
function forget(run: string): void {
  const { runs } = useRunHistory.getState()
  useRunHistory.setState({ runs: runs.filter((one) => one.run !== run) })
}

function outcomeOf(state: RunState): RunOutcome {
  switch (state.phase) {
    case 'ended':
    case 'diverged':
    case 'lost':
    case 'failed':
      return state.phase
    case 'idle':
    case 'starting':
    case 'training':
    case 'paused':
    case 'refused':
      return 'running'
    default:
      return assertNever(state)
  }
}

/** The run's curve in few points. */
export function curveOf(run: string): number[] {
  const trace = telemetry.traceOf(run)
  if (!trace) return []
  const [training = []] = trace.training.lines
  const losses = trace.validation.length > 1 ? trace.validation.map((point) => point.loss) : training
  const every = Math.max(1, Math.ceil(losses.length / CURVE_POINTS))
  return losses.filter((_, index) => index % every === 0 || index === losses.length - 1)
}
