import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { EngineCommand } from '../../electron/contract'
import { emptyDocument } from '../../engine/document/create'
import type { TelemetryFrame } from '../../engine/telemetry/frame'
import { useDocument } from './document'
import { hearEngine, useRun } from './run'

const sent: EngineCommand[] = []

beforeEach(() => {
  sent.length = 0
  vi.stubGlobal('window', { unroll: { engine: { send: (command: EngineCommand) => sent.push(command) } } })
  vi.stubGlobal('requestAnimationFrame', () => 0)
  useRun.getState().leave()
  useDocument.getState().load(emptyDocument('Test'), { path: null, name: 'Test' })
})

function started(run: string) {
  const metric = { kind: 'absoluteError', label: 'mean error', unit: '' } as const
  hearEngine(
    { kind: 'started', run, model: 'model-1', totalSteps: 100, stepsPerEpoch: 10, threads: 1, baselines: [], metric },
    0,
  )
}

function frame(run: string, step: number): TelemetryFrame {
  return {
    run,
    step,
    totalSteps: 100,
    epoch: Math.ceil(step / 10),
    totalEpochs: 10,
    seconds: step / 10,
    stepMilliseconds: 100,
    training: [],
    validation: [],
    gates: [],
    best: null,
  }
}

/** Asks for a training past the check of the model, which an empty document would not pass. */
function train(): string {
  const state = useDocument.getState()
  const nothingWrong = Object.fromEntries(
    Object.entries(state.analysis).map(([id, analysis]) => [id, { ...analysis, problems: [] }]),
  )
  useDocument.setState({ analysis: nothingWrong })
  useRun.getState().train()
  const run = useRun.getState().run
  if (run === null) throw new Error('no run')
  return run
}

describe('run store', () => {
  it('refuses a model with problems without asking the engine', () => {
    useRun.getState().train()
    const { phase, message } = useRun.getState()
    expect(phase).toBe('refused')
    expect(message).not.toBe('')
    expect(sent).toEqual([])
  })

  it('sends the document as it is, and only once', () => {
    const run = train()
    useRun.getState().train()
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ kind: 'train', run, model: 'model-1', documentPath: null })
  })

  it('passes wishes on to the run that works', () => {
    const run = train()
    started(run)
    useRun.getState().pause()
    useRun.getState().setLearningRate(0.1)
    hearEngine({ kind: 'paused', run, step: 3 }, 0)
    useRun.getState().stepOnce()
    useRun.getState().resume()
    hearEngine({ kind: 'resumed', run }, 0)
    useRun.getState().stepOnce()
    useRun.getState().stop()
    expect(sent.slice(1)).toEqual([
      { kind: 'pause', run },
      { kind: 'setLearningRate', run, learningRate: 0.1 },
      { kind: 'step', run },
      { kind: 'resume', run },
      { kind: 'stop', run },
    ])
  })

  it('shows progress at most five times a second, but always the last step', () => {
    const run = train()
    started(run)
    hearEngine({ kind: 'frame', frame: frame(run, 5) }, 1000)
    hearEngine({ kind: 'frame', frame: frame(run, 6) }, 1100)
    expect(useRun.getState().step).toBe(5)
    hearEngine({ kind: 'frame', frame: frame(run, 20) }, 1200)
    expect(useRun.getState()).toMatchObject({ step: 20, epoch: 2, totalEpochs: 10 })
    // 1.5 s for 15 steps: 80 more take 8 s.
    expect(useRun.getState().secondsLeft).toBeCloseTo(8, 9)
    hearEngine({ kind: 'frame', frame: frame(run, 100) }, 1201)
    expect(useRun.getState().step).toBe(100)
  })

  it('says what to do when the engine is lost, and can start again', () => {
    const run = train()
    started(run)
    hearEngine({ kind: 'lost', run, exitCode: null, signal: 'SIGKILL' }, 0)
    expect(useRun.getState()).toMatchObject({
      phase: 'lost',
      message: 'The training engine stopped unexpectedly. Your model is safe.',
    })
    expect(train()).not.toBe(run)
    expect(useRun.getState().phase).toBe('starting')
  })

  it('does not hear a run of another document', () => {
    const run = train()
    started(run)
    useRun.getState().leave()
    hearEngine({ kind: 'frame', frame: frame(run, 50) }, 5000)
    expect(useRun.getState()).toMatchObject({ phase: 'idle', run: null, step: 0 })
  })
})
