import { assertNever } from '../../engine/base/invariant'
import type { Baseline, Metric } from '../../engine/data/prepared'
import type { Diagnostic } from '../../engine/document/diagnostic'
import type { RunResult } from '../../engine/host/protocol'

/** What was asked for: the run's id and the model it trains. */
export interface Ticket {
  run: string
  model: string
  modelName: string
}

/** What the engine told at the start. */
export interface Started {
  totalSteps: number
  stepsPerEpoch: number
  threads: number
  baselines: Baseline[]
  metric: Metric
}

export interface Progress {
  step: number
  totalSteps: number
  epoch: number
  totalEpochs: number
  /** null while it is too early to say. */
  secondsLeft: number | null
}

/** A wish on its way to the engine; the button that made it rests until the answer. */
export type Wish = 'pause' | 'resume' | 'stop' | null

export type RunState =
  | { phase: 'idle' }
  | { phase: 'starting'; ticket: Ticket; wish: Wish }
  | { phase: 'training' | 'paused'; ticket: Ticket; started: Started; progress: Progress; wish: Wish }
  | { phase: 'ended'; ticket: Ticket; progress: Progress; result: RunResult }
  /** `node` where the first number that is none appeared; null when nobody knows. */
  | { phase: 'diverged'; ticket: Ticket; step: number; node: string | null; message: string }
  /** The model or its data cannot be trained as they are; the problems say why. */
  | { phase: 'refused'; ticket: Ticket; problems: readonly Diagnostic[] }
  /** The engine's process is gone. */
  | { phase: 'lost'; ticket: Ticket; message: string }
  /** The engine made a mistake of ours; it goes on, the run does not. */
  | { phase: 'failed'; ticket: Ticket; message: string }

export type Phase = RunState['phase']

export type RunEvent =
  | { kind: 'asked'; ticket: Ticket }
  | { kind: 'refused'; run: string; problems: readonly Diagnostic[] }
  | { kind: 'started'; run: string; started: Started }
  | { kind: 'progressed'; run: string; progress: Progress }
  | { kind: 'wished'; wish: Exclude<Wish, null> }
  | { kind: 'paused'; run: string; step: number }
  | { kind: 'resumed'; run: string }
  | { kind: 'ended'; run: string; result: RunResult }
  /** It was stopped before it had started. */
  | { kind: 'cancelled'; run: string }
  | { kind: 'diverged'; run: string; step: number; node: string | null; message: string }
  /** `run` null: the engine does not know which run it was; it is taken to be this one. */
  | { kind: 'failed'; run: string | null; message: string }
  | { kind: 'lost' }
  /** The message or the result was read. */
  | { kind: 'dismissed' }
  /** Another document is open; the run, if it still works, was told to stop. */
  | { kind: 'left' }

export const idle: RunState = { phase: 'idle' }

export const LOST_MESSAGE = 'The training engine stopped unexpectedly. Your model is safe.'

/** True while the engine works, or waits, for this run. */
export function isBusy(state: RunState): boolean {
  return state.phase === 'starting' || state.phase === 'training' || state.phase === 'paused'
}

/**
 * The next state. Events of another run (an answer that came late) and events that make no sense in a state change nothing, so
 * that the order in which messages cross never matters.
 */
export function transition(state: RunState, event: RunEvent): RunState {
  if (event.kind === 'asked') return isBusy(state) ? state : { phase: 'starting', ticket: event.ticket, wish: null }
  if (event.kind === 'left') return idle
  if (event.kind === 'dismissed') return isBusy(state) ? state : idle
  if (state.phase !== 'starting' && state.phase !== 'training' && state.phase !== 'paused') return state
  if ('run' in event && event.run !== null && event.run !== state.ticket.run) return state
  const { ticket } = state
  switch (event.kind) {
    case 'refused':
      return { phase: 'refused', ticket, problems: event.problems }
    case 'started':
      return state.phase === 'starting'
        ? { phase: 'training', ticket, started: event.started, progress: atStart(event.started), wish: state.wish }
        : state
    case 'progressed':
      return state.phase === 'starting' ? state : { ...state, progress: event.progress }
    case 'wished':
      return { ...state, wish: event.wish }
    case 'paused':
      if (state.phase === 'starting') return state
      return {
        ...state,
        phase: 'paused',
        progress: { ...state.progress, step: event.step },
        wish: state.wish === 'stop' ? 'stop' : null,
      }
    case 'resumed':
      return state.phase === 'starting'
        ? state
        : { ...state, phase: 'training', wish: state.wish === 'stop' ? 'stop' : null }
    case 'ended':
      return { phase: 'ended', ticket, progress: afterAll(state, event.result), result: event.result }
    case 'cancelled':
      return idle
    case 'diverged':
      return { phase: 'diverged', ticket, step: event.step, node: event.node, message: event.message }
    case 'failed':
      return { phase: 'failed', ticket, message: event.message }
    case 'lost':
      return { phase: 'lost', ticket, message: LOST_MESSAGE }
    default:
      return assertNever(event)
  }
}

function atStart(started: Started): Progress {
  const totalEpochs = Math.max(1, Math.ceil(started.totalSteps / Math.max(1, started.stepsPerEpoch)))
  return { step: 0, totalSteps: started.totalSteps, epoch: 1, totalEpochs, secondsLeft: null }
}

function afterAll(state: RunState, result: RunResult): Progress {
  const known = 'progress' in state ? state.progress : null
  return {
    step: result.steps,
    totalSteps: known?.totalSteps ?? result.steps,
    epoch: known?.epoch ?? 1,
    totalEpochs: known?.totalEpochs ?? 1,
    secondsLeft: 0,
  }
}
