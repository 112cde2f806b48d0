import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EngineCommand } from '../../electron/contract'
import type { UnrollDocument } from '../../engine/document/schema'
import type { RunEnd } from '../../engine/host/protocol'
import { chain, smallDocument } from '../../engine/testing/smallDocument'
import { useDocument } from '../state/document'
import { hearEngine, useRun } from '../state/run'
import { stopTraining, useCompare, watchComparison } from './compareStore'

const sent: EngineCommand[] = []
let end = () => {}

beforeEach(() => {
  sent.length = 0
  vi.stubGlobal('window', { unroll: { engine: { send: (command: EngineCommand) => sent.push(command) } } })
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => {
    work()
    return 0
  })
  useRun.getState().leave()
  useCompare.getState().clear()
  end = watchComparison()
})
afterEach(() => end())

/** The small LSTM as often as there are names, and as many empty models as there are `broken`. */
function load(names: readonly string[], broken: readonly string[] = []): UnrollDocument {
  const document = smallDocument()
  const [small] = document.models
  if (!small) throw new Error('no model')
  const models = [...names.map((id) => ({ ...small, id, name: id })), ...broken.map((id) => chain(id, []))]
  useDocument.getState().load({ ...document, models }, { path: null, name: 'Test' })
  return useDocument.getState().document
}

const metric = { kind: 'accuracy', label: 'right answers', unit: '%' } as const

/** The run that the engine was asked for last. */
function asked(): string {
  const command = sent.findLast(({ kind }) => kind === 'train')
  if (command?.kind !== 'train') throw new Error('nothing is trained')
  return command.run
}

function train(run: string, scores: readonly number[]): void {
  hearEngine(
    { kind: 'started', run, model: 'm', totalSteps: 20, stepsPerEpoch: 10, threads: 1, baselines: [], metric },
    0,
  )
  scores.forEach((score, index) => {
    const point = { step: 10 * (index + 1), epoch: index + 1, loss: 1 - score, metric: score }
    const frame = { run, step: point.step, totalSteps: 20, epoch: index + 1, totalEpochs: 2, seconds: index + 1 }
    const watched = { stepMilliseconds: 5, training: [], gates: [], best: point, validation: [point] }
    hearEngine({ kind: 'frame', frame: { ...frame, ...watched } }, 1000 * (index + 1))
  })
}

function finish(run: string, reason: RunEnd = 'finished'): void {
  const result = { reason, steps: 20, seconds: 2, best: null, test: { loss: 0, metric: 1 }, baselines: [], metric }
  hearEngine({ kind: 'ended', run, result }, 5000)
}

const outcomes = () => useCompare.getState().comparison?.entries.map(({ name, outcome }) => `${name}: ${outcome}`)
const settled = () => new Promise<void>((resolve) => queueMicrotask(resolve))

describe('training all models', () => {
  it('trains one after another, each from the document as it was at the start, and keeps curves and figures', async () => {
    const document = load(['a', 'b'])
    useCompare.getState().trainAll()
    expect(outcomes()).toEqual(['a: training', 'b: waiting'])
    const first = asked()
    train(first, [0.5, 0.8])
    useDocument.getState().apply({ label: 'Change', edits: [{ kind: 'setTraining', changes: { epochs: 9 } }] })
    finish(first)
    await settled()
    expect(outcomes()).toEqual(['a: done', 'b: training'])
    expect(sent.filter(({ kind }) => kind === 'train')).toEqual([
      expect.objectContaining({ model: 'a', document }),
      expect.objectContaining({ model: 'b', document }),
    ])
    train(asked(), [0.9])
    finish(asked())
    await settled()
    const { comparison } = useCompare.getState()
    expect(comparison).toMatchObject({ running: false, metric, stepsPerEpoch: 10 })
    expect(comparison?.entries).toMatchObject([
      { points: [{ metric: 0.5 }, { metric: 0.8 }], times: [1, 2], steps: 20, stepMilliseconds: 5 },
      { points: [{ metric: 0.9 }], times: [1] },
    ])
    expect(useDocument.getState().announcement.text).toBe('Compared 2 models. Best: b, right answers 90 %.')
  })

  it('names models that cannot be trained before it begins, and trains the others', async () => {
    load(['a'], ['empty'])
    useCompare.getState().trainAll()
    expect(sent).toEqual([])
    expect(useCompare.getState().question).toMatchObject({ sound: 1, broken: [{ name: 'empty' }] })
    useCompare.getState().confirm()
    expect(outcomes()).toEqual(['a: training', 'empty: problem'])
    finish(asked())
    await settled()
    expect(useCompare.getState().comparison?.running).toBe(false)
  })

  it('goes on with the next when one breaks off, and says so', async () => {
    load(['a', 'b', 'c'])
    useCompare.getState().trainAll()
    hearEngine({ kind: 'diverged', run: asked(), step: 3, node: null, message: 'Out of bounds.' }, 0)
    await settled()
    expect(outcomes()).toEqual(['a: failed', 'b: training', 'c: waiting'])
    expect(useCompare.getState().comparison?.entries[0]?.message).toBe('Out of bounds.')
    hearEngine({ kind: 'lost', run: asked(), exitCode: 1, signal: null }, 0)
    await settled()
    hearEngine({ kind: 'refused', run: asked(), problems: [] }, 0)
    await settled()
    expect(outcomes()).toEqual(['a: failed', 'b: failed', 'c: problem'])
    expect(useCompare.getState().comparison?.running).toBe(false)
  })

  it('skips to the next, or stops all', async () => {
    load(['a', 'b', 'c'])
    useCompare.getState().trainAll()
    train(asked(), [0.5])
    useCompare.getState().skip()
    expect(sent.at(-1)).toEqual({ kind: 'stop', run: asked() })
    finish(asked(), 'stopped')
    await settled()
    expect(outcomes()).toEqual(['a: stopped', 'b: training', 'c: waiting'])
    stopTraining()
    hearEngine({ kind: 'cancelled', run: asked() }, 0)
    await settled()
    expect(outcomes()).toEqual(['a: stopped', 'b: skipped', 'c: skipped'])
    expect(sent.filter(({ kind }) => kind === 'train')).toHaveLength(2)
  })

  it('ends with its document', async () => {
    load(['a', 'b'])
    useCompare.getState().trainAll()
    useRun.getState().stop()
    useRun.getState().leave()
    load(['other'])
    await settled()
    expect(useCompare.getState().comparison).toBeNull()
    expect(sent.filter(({ kind }) => kind === 'train')).toHaveLength(1)
  })
})
