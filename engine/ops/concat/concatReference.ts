import type { KernelFactory } from '../kernel'
import { inputMatrix, type Matrix, outputMatrix } from '../kernelViews'
import { numberAttribute } from '../valueRules'

export const concatReference: KernelFactory = (call) => {
  const a = inputMatrix(call, 0) // [M, P]
  const b = inputMatrix(call, 1) // [M, Q]
  const y = outputMatrix(call, 0) // [M, P + Q]
  const left = y.columnRange(0, a.columns)
  const right = y.columnRange(a.columns, b.columns)
  return () => {
    copyMatrix(a, left)
    copyMatrix(b, right)
  }
}

export const sliceReference: KernelFactory = (call) => {
  const y = outputMatrix(call, 0) // [M, count]
  const chosen = inputMatrix(call, 0).columnRange(numberAttribute('slice', call.attributes, 'first'), y.columns)
  return () => copyMatrix(chosen, y)
}

export const sliceGradientReference: KernelFactory = (call) => {
  const dy = inputMatrix(call, 0) // [M, count]
  const dx = outputMatrix(call, 0) // [M, columns]
  const chosen = dx.columnRange(numberAttribute('sliceGradient', call.attributes, 'first'), dy.columns)
  return () => {
    dx.fill(0)
    copyMatrix(dy, chosen)
  }
}

function copyMatrix(from: Matrix, to: Matrix): void {
  for (let row = 0; row < to.rows; row++) {
    for (let column = 0; column < to.columns; column++) to.set(row, column, from.at(row, column))
  }
}
