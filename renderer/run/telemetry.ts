import type { Baseline, Metric } from '../../engine/data/prepared'
import type { EvaluationPoint, GateStatistics, TelemetryFrame } from '../../engine/telemetry/frame'
import { type GatedCopy, keyOfCopy } from './gatedCopy'
import { PointSeries } from './pointSeries'

/** One gate over the run: mean activation, share below 0.1, share above 0.9 (lines 0, 1, 2). */
export interface GateTrace {
  gate: string
  series: PointSeries
}

/** All that is known of one run; it grows in place and never enters React state. */
export interface RunTrace {
  readonly run: string
  readonly model: string
  readonly modelName: string
  totalSteps: number
  stepsPerEpoch: number
  baselines: readonly Baseline[]
  metric: Metric | null
  /** Line 0: loss of the training batches. */
  readonly training: PointSeries
  readonly validation: EvaluationPoint[]
  /** Key of a node's copy → its gates in the engine's order. */
  readonly gates: Map<string, GateTrace[]>
  best: EvaluationPoint | null
  /** Node id → the newest statistics of its gates. */
  readonly latest: Map<string, readonly GateStatistics[]>
  stepMilliseconds: number
  seconds: number
  /** True once no more will come. */
  finished: boolean
}

type Listener = () => void

/** Traces kept; the oldest is forgotten first. */
export const MAX_TRACES = 24

/**
 * Keeps what the engine tells while it trains and wakes the listeners at most once per animation frame, however many frames
 * arrived. `drawn` is called after them with the last frame's step: the engine may then send the next one.
 */
export class TelemetryStore {
  /** By run, oldest first. */
  private readonly traces = new Map<string, RunTrace>()
  private trace: RunTrace | null = null
  private readonly listeners = new Set<Listener>()
  private waiting = false
  private unread: { run: string; step: number } | null = null

  constructor(
    private readonly schedule: (work: () => void) => void,
    private readonly drawn: (run: string, step: number) => void,
  ) {}

  /** The run on show: the one that trains, or the one chosen since; null before the first. */
  current(): RunTrace | null {
    return this.trace
  }

  traceOf(run: string): RunTrace | null {
    return this.traces.get(run) ?? null
  }

  /** Puts an earlier run on show. */
  show(run: string): void {
    this.trace = this.traces.get(run) ?? this.trace
    this.wake()
  }

  /** Calls `listener` after news, once per animation frame; returns what ends it. */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  /** Newest gate statistics of one copy of a node in the run on show, or null. */
  latestGates({ node, copy }: GatedCopy): readonly GateStatistics[] | null {
    return this.trace?.latest.get(node)?.filter((gate) => gate.copy === copy) ?? null
  }

  begin(run: string, model: string, modelName: string): void {
    this.trace = {
      run,
      model,
      modelName,
      totalSteps: 0,
      stepsPerEpoch: 1,
      baselines: [],
      metric: null,
      training: new PointSeries(1),
      validation: [],
      gates: new Map(),
      best: null,
      latest: new Map(),
      stepMilliseconds: 0,
      seconds: 0,
      finished: false,
    }
    this.traces.set(run, this.trace)
    const [oldest] = this.traces.keys()
    if (this.traces.size > MAX_TRACES && oldest !== undefined) this.traces.delete(oldest)
    this.wake()
  }

  started(run: string, facts: Pick<RunTrace, 'totalSteps' | 'stepsPerEpoch' | 'baselines'> & { metric: Metric }): void {
    const trace = this.traces.get(run)
    if (!trace) return
    Object.assign(trace, facts)
    this.wake()
  }

  add(frame: TelemetryFrame): void {
    this.unread = { run: frame.run, step: frame.step }
    const trace = this.traces.get(frame.run)
    if (trace) {
      for (const point of frame.training) trace.training.add(point.step, point.loss)
      for (const point of frame.validation) addEvaluation(trace.validation, point)
      for (const point of frame.gates) for (const gate of point.gates) addGate(trace, point.step, gate)
      const newest = frame.gates.at(-1)
      if (newest) for (const [node, gates] of byNode(newest.gates)) trace.latest.set(node, gates)
      trace.best = frame.best
      trace.totalSteps = frame.totalSteps
      trace.seconds = frame.seconds
      trace.stepMilliseconds = frame.stepMilliseconds
    }
    this.wake()
  }

  finish(run: string): void {
    const trace = this.traces.get(run)
    if (!trace) return
    trace.finished = true
    this.wake()
  }

  /** Another document is open: nothing of the old one's runs is shown. */
  clear(): void {
    this.traces.clear()
    this.trace = null
    this.wake()
  }

  private wake(): void {
    if (this.waiting) return
    this.waiting = true
    this.schedule(() => {
      this.waiting = false
      for (const listener of [...this.listeners]) listener()
      const read = this.unread
      this.unread = null
      if (read) this.drawn(read.run, read.step)
    })
  }
}

function addEvaluation(points: EvaluationPoint[], point: EvaluationPoint): void {
  const last = points.at(-1)
  if (!last || point.step > last.step) points.push(point)
}

function addGate(trace: RunTrace, step: number, statistics: GateStatistics): void {
  const key = keyOfCopy(statistics)
  const gates = trace.gates.get(key) ?? []
  if (gates.length === 0) trace.gates.set(key, gates)
  let gate = gates.find((one) => one.gate === statistics.gate)
  if (!gate) {
    gate = { gate: statistics.gate, series: new PointSeries(3) }
    gates.push(gate)
  }
  gate.series.add(step, statistics.mean, statistics.low, statistics.high)
}

function byNode(gates: readonly GateStatistics[]): Map<string, GateStatistics[]> {
  const nodes = new Map<string, GateStatistics[]>()
  for (const gate of gates) {
    const list = nodes.get(gate.node)
    if (list) list.push(gate)
    else nodes.set(gate.node, [gate])
  }
  return nodes
}

/** The window's telemetry. The canvas reads live meters from it, the charts their lines. */
export const telemetry = new TelemetryStore(
  (work) => {
    requestAnimationFrame(work)
  },
  (run, step) => {
    window.unroll.engine.send({ kind: 'frameRead', run, step })
  },
)

/** Calls `listener` after news, at most once per animation frame; returns what ends it. */
export function subscribe(listener: () => void): () => void {
  return telemetry.subscribe(listener)
}
