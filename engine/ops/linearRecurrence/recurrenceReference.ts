import type { KernelCall } from '../kernel'
import { dimOf, inputIntegers, inputMatrix, inputSpan, Matrix, outputMatrix } from '../kernelViews'

/**
 * What the reference kernels of linear recurrences share. Sequences are matrices of T·B rows, one time step after the other, so that
 * going through the rows goes through time.
 */
export interface RecurrenceWalk {
  batch: number
  /** Is a row of [T·B] within its example's length? */
  isValid(row: number): boolean
  /** y [T·B, F] of the recurrence. */
  y: Matrix
}

interface Bound {
  walk: RecurrenceWalk
  /** Input `index` as [T·B, F]. */
  sequence(index: number): Matrix
  /** The state before the step of a row of [T·B]: of a valid row the row of the step before. */
  before(row: number, unit: number): number
}

function bind(call: KernelCall, y: Matrix, initialAt: number): Bound {
  const batch = dimOf(inputSpan(call, 0), 1)
  const lengths = inputIntegers(call, 2)
  const initial = call.inputs[initialAt] ? inputMatrix(call, initialAt) : null
  return {
    walk: { batch, y, isValid: (row) => Math.floor(row / batch) < lengths.at(row % batch) },
    sequence: (index) => inputMatrix(call, index),
    before: (row, unit) => (row < batch ? (initial?.at(row, unit) ?? 0) : y.at(row - batch, unit)),
  }
}

/** Forward: output 0 is y, output 1, if there is one, the last states. */
export function bindRecurrence(call: KernelCall, initialAt: number): Bound & { keepLast(): void } {
  const bound = bind(call, outputMatrix(call, 0), initialAt)
  const lengths = inputIntegers(call, 2)
  const last = call.outputs.length > 1 ? outputMatrix(call, 1) : null
  return {
    ...bound,
    keepLast() {
      for (let row = 0; last && row < last.rows; row++) {
        const after = lengths.at(row) * last.rows + row
        for (let unit = 0; unit < last.columns; unit++) last.set(row, unit, bound.before(after, unit))
      }
    },
  }
}

/** Backward: inputs 3 y, 4 dy, 5 the state at the start, 6 the gradient of the last; output `dInitialAt` that of the first. */
export function bindRecurrenceGradient(call: KernelCall, dInitialAt: number) {
  const bound = bind(call, inputMatrix(call, 3), 5)
  const dy = call.inputs[4] ? inputMatrix(call, 4) : null
  const dLast = call.inputs[6] ? inputMatrix(call, 6) : null
  const dInitial = call.outputs.length > dInitialAt ? outputMatrix(call, dInitialAt) : null
  /** Of the state after a step, from the steps behind it. What lies past an example's length leaves it as it is. */
  const dState = Matrix.zeros(bound.walk.batch, dimOf(inputSpan(call, 0), 2))
  return {
    ...bound,
    dState,
    dyAt: (row: number, unit: number) => (dy && bound.walk.isValid(row) ? dy.at(row, unit) : 0),
    output: (index: number) => outputMatrix(call, index),
    begin() {
      if (dLast) copy(dLast, dState)
      else dState.fill(0)
    },
    finish() {
      if (dInitial) copy(dState, dInitial)
    },
  }
}

function copy(source: Matrix, target: Matrix): void {
  for (let row = 0; row < target.rows; row++) {
    for (let column = 0; column < target.columns; column++) target.set(row, column, source.at(row, column))
  }
}
