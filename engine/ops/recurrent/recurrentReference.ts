import { present } from '../../base/invariant'
import type { KernelCall, Span } from '../kernel'
import {
  dimOf,
  type Floats,
  type Integers,
  inputFloats,
  inputIntegers,
  inputMatrix,
  inputSpan,
  type Matrix,
  outputFloats,
  outputMatrix,
} from '../kernelViews'
import { multiply, sumRows } from '../product/productReference'
import { wantedGradients } from './recurrentRules'

/** What the reference kernels of rnn, lstm and gru share. */

export interface RecurrentSizes {
  time: number
  batch: number
  hidden: number
}

/** One matrix [B, F] for each time step of a tensor [T, B, F]. */
export function timeSteps(matrix: Matrix, { time, batch }: RecurrentSizes): Matrix[] {
  return Array.from({ length: time }, (_, t) => matrix.rowRange(t * batch, batch))
}

export function stepAt(steps: readonly Matrix[], t: number): Matrix {
  return present(steps[t], `no time step ${t}`)
}

/** Calls `visit` with every time step, the last first. */
export function eachStepBackward(steps: readonly Matrix[], visit: (step: Matrix, t: number) => void): void {
  for (let t = steps.length - 1; t >= 0; t--) visit(stepAt(steps, t), t)
}

export interface RecurrentForward {
  sizes: RecurrentSizes
  lengths: Integers
  /** bias_ih [G·H], bias_hh [G·H]. */
  biasIh: Floats
  biasHh: Floats
  /** weight_hhᵀ [H, G·H]. */
  recurrentWeight: Matrix
  /** y of each time step [B, H]. */
  y: Matrix[]
  /** target [T·B, G·H] = x · weight_ihᵀ: the products with the inputs of all time steps. */
  projectInputs(target: Matrix): void
}

/** Binds inputs x, weight_ih, weight_hh, bias_ih, bias_hh, lengths and output y. */
export function bindForward(call: KernelCall): RecurrentForward {
  const sizes = sizesOf(inputSpan(call, 0), inputSpan(call, 2))
  const x = inputMatrix(call, 0) // [T·B, I]
  const inputWeight = inputMatrix(call, 1).transposed() // [I, G·H]
  return {
    sizes,
    lengths: inputIntegers(call, 5),
    biasIh: inputFloats(call, 3),
    biasHh: inputFloats(call, 4),
    recurrentWeight: inputMatrix(call, 2).transposed(),
    y: timeSteps(outputMatrix(call, 0), sizes),
    projectInputs: (target) => multiply(x, inputWeight, target),
  }
}

export interface RecurrentBackward {
  sizes: RecurrentSizes
  lengths: Integers
  /** weight_hh [G·H, H]. */
  recurrentWeight: Matrix
  y: Matrix[]
  dy: Matrix[]
  /**
   * What remains once the gate gradients of every step are there: dx, dWeight_ih and dBias_ih from `toInput` [T·B, G·H],
   * dWeight_hh and dBias_hh from `toState`, whose parts lie side by side (rows of weight_hh in that order).
   */
  bindRest(toInput: Matrix, toState: readonly Matrix[]): () => void
}

/** Binds inputs x, weight_ih, weight_hh, lengths, y, (`kept` tensors), dy and the outputs after the gate gradients. */
export function bindBackward(call: KernelCall, op: string, kept: number, gateTensors: number): RecurrentBackward {
  const sizes = sizesOf(inputSpan(call, 0), inputSpan(call, 2))
  const x = inputMatrix(call, 0) // [T·B, I]
  const inputWeight = inputMatrix(call, 1) // [G·H, I]
  const y = inputMatrix(call, 4) // [T·B, H]
  const { inputGradient, weightGradient } = wantedGradients(op, call.attributes)
  const dx = inputGradient ? outputMatrix(call, gateTensors) : null // [T·B, I]
  const next = gateTensors + (inputGradient ? 1 : 0)
  const weights = weightGradient
    ? {
        dWeightIh: outputMatrix(call, next), // [G·H, I]
        dWeightHh: outputMatrix(call, next + 1), // [G·H, H]
        dBiasIh: outputFloats(call, next + 2), // [G·H]
        dBiasHh: outputFloats(call, next + 3), // [G·H]
      }
    : null
  const later = (sizes.time - 1) * sizes.batch
  const statesBefore = y.rowRange(0, later) // y of the steps 0 … T−2, the states before 1 … T−1
  return {
    sizes,
    lengths: inputIntegers(call, 3),
    recurrentWeight: inputMatrix(call, 2),
    y: timeSteps(y, sizes),
    dy: timeSteps(inputMatrix(call, 5 + kept), sizes),
    bindRest(toInput, toState) {
      const steps: (() => void)[] = []
      if (dx) steps.push(() => multiply(toInput, inputWeight, dx))
      if (weights) {
        const { dWeightIh, dWeightHh, dBiasIh, dBiasHh } = weights
        const transposed = toInput.transposed()
        steps.push(() => multiply(transposed, x, dWeightIh))
        steps.push(() => sumRows(toInput, dBiasIh))
        let row = 0
        for (const part of toState) {
          const first = row
          const block = dWeightHh.rowRange(first, part.columns)
          const afterFirst = part.rowRange(sizes.batch, later).transposed()
          steps.push(() => multiply(afterFirst, statesBefore, block))
          steps.push(() => sumRows(part, dBiasHh, first))
          row += part.columns
        }
      }
      return () => {
        for (const step of steps) step()
      }
    },
  }
}

function sizesOf(x: Span, weightHh: Span): RecurrentSizes {
  return { time: dimOf(x, 0), batch: dimOf(x, 1), hidden: dimOf(weightHh, 1) }
}
