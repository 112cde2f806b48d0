/** What a chart shows, worked out by pure functions; `Plot` draws it. */

/** Names of colours, resolved from the tokens of the theme when drawn. */
export type Ink = 'blue' | 'orange' | 'green' | 'pink' | 'vermilion' | 'accent' | 'faint' | 'guide'

export interface ChartLine {
  key: string
  ink: Ink
  width: number
  /** Dash pattern in pixels; absent: solid. Tells lines apart without colour. */
  dash?: readonly number[]
  opacity?: number
  x: readonly number[]
  y: readonly number[]
  /** Written at the line's end; absent: not labelled. */
  label?: string
  /** In the read-out under the pointer; absent: not shown there. */
  readout?: string
}

/** Filled area between two heights over the same x. */
export interface ChartBand {
  ink: Ink
  x: readonly number[]
  low: readonly number[]
  high: readonly number[]
}

/** Horizontal reference line with its words. */
export interface ChartGuide {
  value: number
  label: string
  ink: Ink
  /** Words on the line instead of behind its end: where there is little room. */
  inside: boolean
}

/** A point worth marking: a ring on a line. */
export interface ChartMark {
  x: number
  y: number
  ink: Ink
  label?: string
}

export interface ChartTick {
  at: number
  label: string
}

export interface ChartView {
  lines: readonly ChartLine[]
  bands: readonly ChartBand[]
  guides: readonly ChartGuide[]
  marks: readonly ChartMark[]
  x: { low: number; high: number; ticks: readonly ChartTick[] }
  y: { low: number; high: number; ticks: readonly ChartTick[]; log: boolean }
  /** Where x is in words, for the read-out under the pointer: "epoch 3.2". */
  describeX: (x: number) => string
}

/** A chart's words: the answer behind the title's question, and the current reading for those who do not see it. */
export interface ChartWords {
  verdict: string
  tone: 'calm' | 'notice' | 'warning'
  /** "Loss: training 1.62, validation 1.74". */
  reading: string
}
