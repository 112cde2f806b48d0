import type { KernelFactory } from '../kernel'
import { inputFloats, inputMatrix, outputFloats, outputMatrix } from '../kernelViews'

export const scaleFeaturesReference: KernelFactory = (call) => {
  const x = inputMatrix(call, 0) // [M, F]
  const weight = inputFloats(call, 1) // [F]
  const y = outputMatrix(call, 0) // [M, F]
  return () => {
    for (let row = 0; row < y.rows; row++) {
      for (let column = 0; column < y.columns; column++) y.set(row, column, x.at(row, column) * weight.at(column))
    }
  }
}

export const scaleFeaturesWeightGradientReference: KernelFactory = (call) => {
  const x = inputMatrix(call, 0) // [M, F]
  const dy = inputMatrix(call, 1) // [M, F]
  const dWeight = outputFloats(call, 0) // [F]
  return () => {
    for (let column = 0; column < x.columns; column++) {
      let sum = 0
      for (let row = 0; row < x.rows; row++) sum += x.at(row, column) * dy.at(row, column)
      dWeight.set(column, sum)
    }
  }
}
