import type { GateStatistics } from '../../engine/telemetry/frame'
import { type GatedCopy, keyOfCopy } from '../run/gatedCopy'
import type { GateTrace, RunTrace } from '../run/telemetry'
import type { ChartBand, ChartLine, ChartView, ChartWords } from './chartView'
import { epochTicks, epochWords, shownScale } from './epochAxis'
import { gatesVerdict, WORTH_SAYING } from './gateReading'
import { gateStyle } from './gateStyle'

/** Heights of the grid; a gate is 0 (shut) to 1 (open). */
const TICKS = [
  { at: 0, label: '0.0' },
  { at: 0.25, label: '' },
  { at: 0.5, label: '0.5' },
  { at: 0.75, label: '' },
  { at: 1, label: '1.0' },
]

export type GatesOf = Pick<RunTrace, 'gates' | 'training' | 'totalSteps' | 'stepsPerEpoch' | 'finished'>

/**
 * The gates of one recurrent node, or of one copy of it, over the run, or null before the first reading. A small chart shades only the stuck share that
 * its verdict names.
 */
export function gateView(trace: GatesOf | null, of: GatedCopy, options: { large: boolean }): ChartView | null {
  const gates = trace?.gates.get(keyOfCopy(of))
  const x = gates?.[0]?.series.x
  if (!trace || !gates || !x || x.length === 0) return null
  // Of the newest step, not of the newest reading: the charts side by side span the same epochs.
  const newest = Math.max(trace.training.x.at(-1) ?? 0, x.at(-1) ?? 0)
  const scale = shownScale(trace, newest)
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
    bands: options.large ? gates.flatMap((gate, index) => stuckBands(gate, index)) : worstBand(gates),
    guides: [],
    marks: [],
    x: { low: 0, high: scale.totalSteps, ticks: epochTicks(scale, newest) },
    y: { low: -0.02, high: 1.02, log: false, ticks: TICKS },
    describeX: (step) => epochWords(trace, step),
  }
}

/** Hanging from the top the share that is stuck open, standing on the bottom the share that is stuck shut. */
function stuckBands({ gate, series }: GateTrace, index: number): ChartBand[] {
  const [means = [], lows = [], highs = []] = series.lines
  const { ink } = gateStyle(gate, index)
  return [
    { ink, x: series.x, low: highs.map((share) => 1 - share), high: means.map(() => 1) },
    { ink, x: series.x, low: means.map(() => 0), high: lows },
  ]
}

/** The band that is thickest at the end; none while hardly anything is stuck. */
function worstBand(gates: readonly GateTrace[]): ChartBand[] {
  const thickness = (band: ChartBand) => (band.high.at(-1) ?? 0) - (band.low.at(-1) ?? 0)
  const bands = gates.flatMap((gate, index) => stuckBands(gate, index)).sort((a, b) => thickness(b) - thickness(a))
  return bands.slice(0, 1).filter((band) => thickness(band) >= WORTH_SAYING)
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
