import { describe, expect, it } from 'vitest'
import type { TelemetryFrame } from '../../engine/telemetry/frame'
import { copyOfKey } from './gatedCopy'
import { MAX_TRACES, TelemetryStore } from './telemetry'

function frame(step: number, changes: Partial<TelemetryFrame> = {}): TelemetryFrame {
  return {
    run: 'a',
    step,
    totalSteps: 100,
    epoch: 1,
    totalEpochs: 10,
    seconds: step / 10,
    stepMilliseconds: 100,
    training: [{ step, loss: 1 / step }],
    validation: [],
    gates: [],
    best: null,
    ...changes,
  }
}

/** A store whose animation frames come when the test says so. */
function store() {
  const work: (() => void)[] = []
  const drawn: [string, number][] = []
  const made = new TelemetryStore(
    (next) => work.push(next),
    (run, step) => drawn.push([run, step]),
  )
  return {
    made,
    drawn,
    paint() {
      for (const next of work.splice(0)) next()
    },
    pending: () => work.length,
  }
}

describe('TelemetryStore', () => {
  it('wakes listeners once per animation frame and then asks for more', () => {
    const { made, drawn, paint, pending } = store()
    made.begin('a', 'm', 'LSTM')
    paint()
    let wakes = 0
    const end = made.subscribe(() => {
      wakes += 1
    })
    made.add(frame(1))
    made.add(frame(2))
    made.add(frame(3))
    expect(wakes).toBe(0)
    expect(pending()).toBe(1)
    paint()
    expect(wakes).toBe(1)
    expect(drawn).toEqual([['a', 3]])
    end()
    made.add(frame(4))
    paint()
    expect(wakes).toBe(1)
  })

  it('keeps points, evaluations, gates and the best', () => {
    const { made } = store()
    made.begin('a', 'm', 'LSTM')
    const evaluation = { step: 2, epoch: 1, loss: 0.5, metric: 2 }
    const gate = { node: 'lstm', gate: 'forget', mean: 0.8, low: 0.01, high: 0.3 }
    made.add(frame(1))
    made.add(frame(2, { validation: [evaluation, evaluation], best: evaluation, gates: [{ step: 2, gates: [gate] }] }))
    const trace = made.current()
    expect(trace?.training.x).toEqual([1, 2])
    expect(trace?.training.lines[0]).toEqual([1, 0.5])
    expect(trace?.validation).toEqual([evaluation])
    expect(trace?.best).toEqual(evaluation)
    expect(trace?.gates.get('lstm')?.[0]?.series.lines).toEqual([[0.8], [0.01], [0.3]])
    expect(made.latestGates({ node: 'lstm' })).toEqual([gate])
    expect(made.latestGates({ node: 'other' })).toBeNull()
  })

  it('keeps the copies of a node apart', () => {
    const { made } = store()
    made.begin('a', 'm', 'Both ways')
    const forward = { node: 'lstm', gate: 'forget', copy: 'layer 2, forward', mean: 0.8, low: 0.01, high: 0.3 }
    const backward = { ...forward, copy: 'layer 2, backward', mean: 0.6 }
    made.add(frame(1, { gates: [{ step: 1, gates: [forward, backward] }] }))
    expect([...(made.current()?.gates.keys() ?? [])].map(copyOfKey)).toEqual([
      { node: 'lstm', copy: 'layer 2, forward' },
      { node: 'lstm', copy: 'layer 2, backward' },
    ])
    expect(made.latestGates({ node: 'lstm', copy: 'layer 2, backward' })).toEqual([backward])
  })

  it('keeps runs apart and shows an earlier one on request', () => {
    const { made } = store()
    made.begin('a', 'm', 'LSTM')
    made.begin('b', 'm', 'GRU')
    made.add(frame(9))
    expect(made.current()?.run).toBe('b')
    expect(made.current()?.training.length).toBe(0)
    made.show('a')
    expect(made.current()?.training.x).toEqual([9])
    made.show('unknown')
    expect(made.current()?.run).toBe('a')
    made.clear()
    expect(made.traceOf('a')).toBeNull()
  })

  it('still answers frames of a run that it does not know', () => {
    const { made, drawn, paint } = store()
    made.add(frame(9))
    paint()
    expect(made.current()).toBeNull()
    expect(drawn).toEqual([['a', 9]])
  })

  it('forgets the oldest of too many runs', () => {
    const { made } = store()
    for (let index = 0; index <= MAX_TRACES; index += 1) made.begin(`run-${index}`, 'm', 'LSTM')
    expect(made.traceOf('run-0')).toBeNull()
    expect(made.traceOf('run-1')).not.toBeNull()
  })
})
