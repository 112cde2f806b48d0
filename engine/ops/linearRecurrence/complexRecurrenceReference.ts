import type { KernelFactory } from '../kernel'
import { inputMatrix } from '../kernelViews'
import { bindRecurrence, bindRecurrenceGradient } from './recurrenceReference'

export const complexRecurrenceReference: KernelFactory = (call) => {
  const { sequence, walk, before, keepLast } = bindRecurrence(call, 3)
  const u = sequence(0) // [T·B, 2N]
  const coefficients = inputMatrix(call, 1) // [3, N]
  const { y } = walk
  const count = coefficients.columns
  return () => {
    for (let row = 0; row < y.rows; row++) {
      const valid = walk.isValid(row)
      for (let n = 0; n < count; n++) {
        const [a, b, scale] = [coefficients.at(0, n), coefficients.at(1, n), coefficients.at(2, n)]
        const [real, imaginary] = [before(row, n), before(row, count + n)]
        y.set(row, n, valid ? a * real - b * imaginary + scale * u.at(row, n) : 0)
        y.set(row, count + n, valid ? b * real + a * imaginary + scale * u.at(row, count + n) : 0)
      }
    }
    keepLast()
  }
}

export const complexRecurrenceGradientReference: KernelFactory = (call) => {
  const { sequence, walk, before, dyAt, dState, begin, finish, output } = bindRecurrenceGradient(call, 2)
  const u = sequence(0) // [T·B, 2N]
  const coefficients = inputMatrix(call, 1) // [3, N]
  const du = output(0) // may lie over u
  const dCoefficients = output(1) // [3, N]
  const count = coefficients.columns
  const { batch } = walk
  const sums = [new Float64Array(count), new Float64Array(count), new Float64Array(count)] as const

  function retreat(row: number, n: number): void {
    const [a, b, scale] = [coefficients.at(0, n), coefficients.at(1, n), coefficients.at(2, n)]
    const at = row % batch
    const real = dyAt(row, n) + dState.at(at, n)
    const imaginary = dyAt(row, count + n) + dState.at(at, count + n)
    const [pastReal, pastImaginary] = [before(row, n), before(row, count + n)]
    sums[0][n] = (sums[0][n] ?? 0) + real * pastReal + imaginary * pastImaginary
    sums[1][n] = (sums[1][n] ?? 0) + imaginary * pastReal - real * pastImaginary
    sums[2][n] = (sums[2][n] ?? 0) + real * u.at(row, n) + imaginary * u.at(row, count + n)
    du.set(row, n, scale * real)
    du.set(row, count + n, scale * imaginary)
    dState.set(at, n, a * real + b * imaginary)
    dState.set(at, count + n, a * imaginary - b * real)
  }

  return () => {
    begin()
    for (const sum of sums) sum.fill(0)
    for (let row = u.rows - 1; row >= 0; row--) {
      const valid = walk.isValid(row)
      for (let n = 0; n < count; n++) {
        if (valid) {
          retreat(row, n)
        } else {
          du.set(row, n, 0)
          du.set(row, count + n, 0)
        }
      }
    }
    finish()
    for (const [index, sum] of sums.entries()) {
      for (const [n, value] of sum.entries()) dCoefficients.set(index, n, value)
    }
  }
}
