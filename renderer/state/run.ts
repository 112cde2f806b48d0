import { create } from 'zustand'
import { assertNever, present } from '../../engine/base/invariant'
import type { UnrollDocument } from '../../engine/document/schema'
import { withoutVersions } from '../../engine/document/versions'
import type { HostEvent, HostLost, RunResult } from '../../engine/host/protocol'
import { telemetry } from '../run/telemetry'
import { type Moment, remember, secondsLeft } from '../run/timeLeft'
import { useApp } from './app'
import { activeModelOf, errorsOf, useDocument } from './document'
import { idle, isBusy, type Phase, type RunEvent, type RunState, transition } from './runMachine'

/** A model to be trained, in the document as it is to be read. */
export interface TrainOrder {
  document: UnrollDocument
  path: string | null
  model: string
}

export interface RunStore {
  state: RunState
  phase: Phase
  /** Id of the run on show, null before the first. */
  run: string | null
  /** Optimizer steps done. */
  step: number
  totalSteps: number
  /** From 1. */
  epoch: number
  totalEpochs: number
  secondsLeft: number | null
  result: RunResult | null
  /** Why the run did not end well, in words; null otherwise. */
  message: string | null

  /** What the run on show trains, as it was when it began; null before the first. */
  document: UnrollDocument | null

  /** Trains the model on the canvas, or says why it cannot. */
  train(): void
  /** Trains any model, which has no errors, of any state of the document. Returns the run's id; null: another run is busy. */
  trainModel(order: TrainOrder): string | null
  pause(): void
  resume(): void
  /** One optimizer step while paused. */
  stepOnce(): void
  /** Ends the run and keeps the best weights. */
  stop(): void
  /** Takes hold before the next step. */
  setLearningRate(learningRate: number): void
  /** Takes the message or the result away. */
  dismiss(): void
  /** Another document is open: whatever this run still says is not heard. */
  leave(): void
}

/** The state as flat fields, which components select. */
export function fieldsOf(state: RunState): Omit<RunStore, RunCalls | 'document'> {
  const progress = 'progress' in state ? state.progress : null
  return {
    state,
    phase: state.phase,
    run: 'ticket' in state ? state.ticket.run : null,
    step: progress?.step ?? 0,
    totalSteps: progress?.totalSteps ?? 0,
    epoch: progress?.epoch ?? 0,
    totalEpochs: progress?.totalEpochs ?? 0,
    secondsLeft: progress?.secondsLeft ?? null,
    result: state.phase === 'ended' ? state.result : null,
    message: messageOf(state),
  }
}

type RunCalls =
  | 'train'
  | 'trainModel'
  | 'pause'
  | 'resume'
  | 'stepOnce'
  | 'stop'
  | 'setLearningRate'
  | 'dismiss'
  | 'leave'

function messageOf(state: RunState): string | null {
  if (state.phase === 'refused') return state.problems[0]?.message ?? 'This model cannot be trained as it is.'
  return 'message' in state ? state.message : null
}

/** Milliseconds between two updates of the progress in React; charts have their own, faster way. */
const PROGRESS_INTERVAL = 200

const freshRun = () => `run-${crypto.randomUUID()}`

let moments: Moment[] = []
let shownAt = 0

export const useRun = create<RunStore>()((set, get) => {
  const send = (event: RunEvent): void => {
    set(fieldsOf(transition(get().state, event)))
  }
  /** Tells the wish and passes the command on, when a run is there to hear it. */
  const wish = (kind: 'pause' | 'resume' | 'stop'): void => {
    const { state } = get()
    if (!isBusy(state) || !('ticket' in state)) return
    send({ kind: 'wished', wish: kind })
    window.unroll.engine.send({ kind, run: state.ticket.run })
  }
  return {
    ...fieldsOf(idle),
    document: null,
    train() {
      if (isBusy(get().state)) return
      const { document, path } = useDocument.getState()
      const model = activeModelOf(useDocument.getState())
      const problems = errorsOf(useDocument.getState())
      if (problems.length > 0) {
        const ticket = { run: freshRun(), model: model.id, modelName: model.name }
        send({ kind: 'asked', ticket })
        send({ kind: 'refused', run: ticket.run, problems })
        return
      }
      get().trainModel({ document, path, model: model.id })
    },
    trainModel({ document, path, model: id }) {
      if (isBusy(get().state)) return null
      const model = present(
        document.models.find((one) => one.id === id),
        `no model ${id}`,
      )
      const ticket = { run: freshRun(), model: model.id, modelName: model.name }
      set({ document })
      send({ kind: 'asked', ticket })
      moments = []
      telemetry.begin(ticket.run, model.id, model.name)
      window.unroll.engine.send({
        kind: 'train',
        run: ticket.run,
        document: withoutVersions(document),
        model: model.id,
        documentPath: path,
        threads: useApp.getState().threads,
      })
      return ticket.run
    },
    pause: () => wish('pause'),
    resume: () => wish('resume'),
    stop: () => wish('stop'),
    stepOnce() {
      const { state } = get()
      if (state.phase === 'paused') window.unroll.engine.send({ kind: 'step', run: state.ticket.run })
    },
    setLearningRate(learningRate) {
      const { state } = get()
      if (!isBusy(state) || !('ticket' in state)) return
      window.unroll.engine.send({ kind: 'setLearningRate', run: state.ticket.run, learningRate })
    },
    dismiss() {
      send({ kind: 'dismissed' })
    },
    leave() {
      send({ kind: 'left' })
    },
  }
})

/** Takes what the engine says to the machine and to the telemetry. */
export function hearEngine(event: HostEvent | HostLost, now: number): void {
  const { state } = useRun.getState()
  const send = (next: RunEvent): void => {
    useRun.setState(fieldsOf(transition(state, next)))
  }
  switch (event.kind) {
    case 'started': {
      const { run, totalSteps, stepsPerEpoch, threads, baselines, metric } = event
      telemetry.started(run, { totalSteps, stepsPerEpoch, baselines, metric })
      send({ kind: 'started', run, started: { totalSteps, stepsPerEpoch, threads, baselines, metric } })
      return
    }
    case 'frame': {
      const { frame } = event
      telemetry.add(frame)
      moments = remember(moments, { step: frame.step, seconds: frame.seconds })
      if (now - shownAt < PROGRESS_INTERVAL && frame.step < frame.totalSteps) return
      shownAt = now
      const { step, totalSteps, epoch, totalEpochs } = frame
      const left = secondsLeft(moments, totalSteps)
      send({
        kind: 'progressed',
        run: frame.run,
        progress: { step, totalSteps, epoch, totalEpochs, secondsLeft: left },
      })
      return
    }
    case 'paused':
    case 'resumed':
    case 'refused':
    case 'cancelled':
      send(event)
      return
    case 'ended':
    case 'diverged':
      telemetry.finish(event.run)
      send(event)
      return
    case 'failed':
      if (event.run !== null) telemetry.finish(event.run)
      send(event)
      return
    case 'lost':
      if (event.run !== null) telemetry.finish(event.run)
      send({ kind: 'lost' })
      return
    case 'ready':
    case 'dataDescribed':
    case 'dataRefused':
    case 'weights':
      return
    default:
      assertNever(event)
  }
}
