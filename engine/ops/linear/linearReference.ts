import type { KernelFactory } from '../kernel'
import { inputFloats, inputMatrix, outputFloats, outputMatrix } from '../kernelViews'
import { multiply, sumRows } from '../product/productReference'

export const linearReference: KernelFactory = (call) => {
  const x = inputMatrix(call, 0) // [M, I]
  const weight = inputMatrix(call, 1) // [O, I]
  const bias = call.inputs[2] ? inputFloats(call, 2) : null // [O]
  const y = outputMatrix(call, 0) // [M, O]
  const transposedWeight = weight.transposed()
  return () => {
    for (let row = 0; row < y.rows; row++) {
      for (let column = 0; column < y.columns; column++) y.set(row, column, bias?.at(column) ?? 0)
    }
    multiply(x, transposedWeight, y, true)
  }
}

export const linearInputGradientReference: KernelFactory = (call) => {
  const dy = inputMatrix(call, 0) // [M, O]
  const weight = inputMatrix(call, 1) // [O, I]
  const dx = outputMatrix(call, 0) // [M, I]
  return () => multiply(dy, weight, dx)
}

export const linearWeightGradientReference: KernelFactory = (call) => {
  const x = inputMatrix(call, 0) // [M, I]
  const dy = inputMatrix(call, 1) // [M, O]
  const dWeight = outputMatrix(call, 0) // [O, I]
  const dBias = call.outputs.length > 1 ? outputFloats(call, 1) : null // [O]
  const transposedDy = dy.transposed()
  return () => {
    multiply(transposedDy, x, dWeight)
    if (dBias) sumRows(dy, dBias)
  }
}
