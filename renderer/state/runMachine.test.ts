import { describe, expect, it } from 'vitest'
import type { RunResult } from '../../engine/host/protocol'
import {
  idle,
  isBusy,
  LOST_MESSAGE,
  type RunEvent,
  type RunState,
  type Started,
  type Ticket,
  transition,
} from './runMachine'

const ticket: Ticket = { run: 'a', model: 'm', modelName: 'LSTM' }
const metric = { kind: 'absoluteError', label: 'mean error', unit: '°C' } as const
const started: Started = { totalSteps: 120, stepsPerEpoch: 10, threads: 2, baselines: [], metric }
const result: RunResult = {
  reason: 'stopped',
  steps: 40,
  seconds: 3,
  best: null,
  test: { loss: 0.2, metric: 1.9 },
  baselines: [],
  metric,
}

function stateAfter(...events: RunEvent[]): RunState {
  return events.reduce(transition, idle)
}

const asked: RunEvent = { kind: 'asked', ticket }
const begun: RunEvent = { kind: 'started', run: 'a', started }
const paused: RunEvent = { kind: 'paused', run: 'a', step: 12 }

describe('run machine', () => {
  it('goes from asked over started to ended', () => {
    expect(stateAfter(asked)).toEqual({ phase: 'starting', ticket, wish: null })
    const training = stateAfter(asked, begun)
    expect(training).toMatchObject({
      phase: 'training',
      progress: { step: 0, totalSteps: 120, epoch: 1, totalEpochs: 12 },
    })
    const done = transition(training, { kind: 'ended', run: 'a', result })
    expect(done).toEqual({
      phase: 'ended',
      ticket,
      result,
      progress: { step: 40, totalSteps: 120, epoch: 1, totalEpochs: 12, secondsLeft: 0 },
    })
    expect(isBusy(training)).toBe(true)
    expect(isBusy(done)).toBe(false)
  })

  it('pauses and resumes, remembering the wish until the answer', () => {
    const wished = transition(stateAfter(asked, begun), { kind: 'wished', wish: 'pause' })
    expect(wished).toMatchObject({ phase: 'training', wish: 'pause' })
    const still = transition(wished, paused)
    expect(still).toMatchObject({ phase: 'paused', wish: null, progress: { step: 12 } })
    expect(transition(still, { kind: 'resumed', run: 'a' })).toMatchObject({ phase: 'training', wish: null })
  })

  it('keeps the wish to stop while a pause crosses it', () => {
    const state = stateAfter(asked, begun, { kind: 'wished', wish: 'stop' }, paused)
    expect(state).toMatchObject({ phase: 'paused', wish: 'stop' })
  })

  it('ignores a second train while one is busy, and takes it after an end', () => {
    const other: RunEvent = { kind: 'asked', ticket: { ...ticket, run: 'b' } }
    const training = stateAfter(asked, begun)
    expect(transition(training, other)).toBe(training)
    expect(transition(stateAfter(asked, begun, { kind: 'lost' }), other)).toMatchObject({
      phase: 'starting',
      ticket: { run: 'b' },
    })
  })

  it('ignores answers about another run', () => {
    const training = stateAfter(asked, begun)
    expect(transition(training, { kind: 'ended', run: 'old', result })).toBe(training)
    expect(transition(training, { kind: 'paused', run: 'old', step: 3 })).toBe(training)
  })

  it('says what to do when the engine is gone, whatever it was doing', () => {
    for (const state of [stateAfter(asked), stateAfter(asked, begun), stateAfter(asked, begun, paused)]) {
      expect(transition(state, { kind: 'lost' })).toEqual({ phase: 'lost', ticket, message: LOST_MESSAGE })
    }
    expect(transition(idle, { kind: 'lost' })).toBe(idle)
  })

  it('is idle again when it was stopped before it had started', () => {
    expect(stateAfter(asked, { kind: 'wished', wish: 'stop' }, { kind: 'cancelled', run: 'a' })).toEqual(idle)
    expect(stateAfter(asked, { kind: 'cancelled', run: 'b' }).phase).toBe('starting')
  })

  it('tells divergence with its node, refusal with its problems, and our own failure', () => {
    const diverged = { kind: 'diverged', run: 'a', step: 7, node: 'lstm', message: 'The loss is no number.' } as const
    expect(stateAfter(asked, begun, diverged)).toMatchObject({ phase: 'diverged', node: 'lstm', step: 7 })
    const problem = {
      code: 'wire.missing',
      severity: 'error',
      message: 'Dense has no input.',
      place: { kind: 'document' },
    } as const
    expect(stateAfter(asked, { kind: 'refused', run: 'a', problems: [problem] })).toMatchObject({
      phase: 'refused',
      problems: [problem],
    })
    expect(stateAfter(asked, begun, { kind: 'failed', run: null, message: 'oh' })).toMatchObject({
      phase: 'failed',
      message: 'oh',
    })
  })

  it('goes back to idle when the message was read, but never drops a run that works', () => {
    expect(stateAfter(asked, { kind: 'lost' }, { kind: 'dismissed' })).toBe(idle)
    const training = stateAfter(asked, begun)
    expect(transition(training, { kind: 'dismissed' })).toBe(training)
    expect(transition(training, { kind: 'left' })).toBe(idle)
  })

  it('follows progress only after the start', () => {
    const progress = { step: 5, totalSteps: 120, epoch: 1, totalEpochs: 12, secondsLeft: 9 }
    const event: RunEvent = { kind: 'progressed', run: 'a', progress }
    expect(stateAfter(asked, event)).toMatchObject({ phase: 'starting' })
    expect(stateAfter(asked, begun, event)).toMatchObject({ progress })
  })
})
