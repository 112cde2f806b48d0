/**
 * What flows from the engine to the charts. Small, plain, structured-cloneable; never blocks training: while a frame is unread
 * its successor replaces it, point lists being merged and thinned to at most MAX_POINTS.
 */
export const MAX_POINTS = 512

export interface LossPoint {
  /** Optimizer step, from 1. */
  step: number
  loss: number
}

export interface EvaluationPoint {
  step: number
  epoch: number
  loss: number
  /** Headline metric in the user's unit (Metric of the data). */
  metric: number
  /** Of sequences: the share of answers that are right as a whole. */
  whole?: number
}

/** Statistics of one gate of one recurrent node over all rows, valid time steps and cells of one batch. */
export interface GateStatistics {
  node: string
  /** "forget" */
  gate: string
  /** Which copy of a node that a frame lays out more than once: "backward", "layer 2"; absent: the only one. */
  copy?: string
  /** Mean activation, 0 … 1. */
  mean: number
  /** Share of activations below 0.1, and above 0.9. */
  low: number
  high: number
}

export interface GatePoint {
  step: number
  gates: GateStatistics[]
}

/** Where the steps of one example look, in one node with attention. */
export interface AttentionMap {
  node: string
  /** Which copy of the node, as of gates; absent: the only one. */
  copy?: string
  /** Steps shown: those of the example, or the first of them. */
  steps: number
  /** [steps, steps], row-major: how much of its look the step of a row gives to the step of a column; the mean over heads. */
  weights: number[]
}

export interface TelemetryFrame {
  run: string
  step: number
  totalSteps: number
  epoch: number
  totalEpochs: number
  /** Seconds spent training (pauses left out), and median milliseconds of a recent step. */
  seconds: number
  stepMilliseconds: number
  /** New since the last frame that was read. */
  training: LossPoint[]
  validation: EvaluationPoint[]
  gates: GatePoint[]
  /** Of the newest step that was watched; absent when there is no attention, or nothing new. */
  attention?: AttentionMap[]
  /** Best validation so far. */
  best: EvaluationPoint | null
}
