import type { GateStatistics } from '../../engine/telemetry/frame'
import type { GateTrace, RunTrace } from '../run/telemetry'
import type { ChartBand, ChartLine, ChartView, ChartWords } from './chartView'
import { epochTicks, epochWords } from './epochAxis'
import { gatesVerdict, quantileFromShares } from './gateReading'
import { gateStyle } from './gateStyle'

/** Heights of the grid; a gate is 0 (shut) to 1 (open). */
const TICKS = [
  { at: 0, label: '0.0' },
  { at: 0.25, label: '' },
  { at: 0.5, label: '0.5' },
  { at: 0.75, label: '' },
  { at: 1, label: '1.0' },
]

export type GatesOf = Pick<RunTrace, 'gates' | 'totalSteps' | 'stepsPerEpoch'>

/** The gates of one recurrent node over the run, or null before the first reading. */
export function gateView(trace: GatesOf | null, node: string): ChartView | null {
  const gates = trace?.gates.get(node)
  const x = gates?.[0]?.series.x
  if (!trace || !gates || !x || x.length === 0) return null
  return {
    lines: gates.map((gate, index): ChartLine => {
      const style = gateStyle(gate.gate, index)
      const [mean = []] = gate.series.lines
      return {
        key: gate.gate,
        ink: style.ink,
        width: 2,
        dash: style.dash,
        x: gate.series.x,
        y: mean,
        label: `${gate.gate} ${(mean.at(-1) ?? Number.NaN).toFixed(2)}`,
        readout: gate.gate,
      }
    }),
    bands: gates.map((gate, index) => bandOf(gate, index)),
    guides: [],
    marks: [],
    x: { low: 0, high: Math.max(1, trace.totalSteps), ticks: epochTicks(trace, x.at(-1) ?? 0) },
    y: { low: -0.02, high: 1.02, log: false, ticks: TICKS },
    describeX: (step) => epochWords(trace, step),
  }
}

/** The middle half of the activations. */
function bandOf(gate: GateTrace, index: number): ChartBand {
  const [, lows = [], highs = []] = gate.series.lines
  const at = (q: number) => lows.map((low, place) => quantileFromShares(low, highs[place] ?? 0, q))
  return { ink: gateStyle(gate.gate, index).ink, x: gate.series.x, low: at(0.25), high: at(0.75) }
}

/** What the gates of one node say; `title` is the node's. */
export function gateWords(latest: readonly GateStatistics[] | null, title: string): ChartWords {
  if (!latest || latest.length === 0) {
    return { verdict: '', tone: 'calm', reading: `Gates of ${title}: nothing trained yet` }
  }
  const { text, tone } = gatesVerdict(latest)
  const means = latest.map(({ gate, mean }) => `${gate} ${mean.toFixed(2)}`)
  return { verdict: text, tone, reading: `Gates of ${title}: ${means.join(', ')}` }
}
