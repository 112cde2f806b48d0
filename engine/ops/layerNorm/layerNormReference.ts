import type { KernelFactory } from '../kernel'
import { inputFloats, inputMatrix, outputFloats, outputMatrix } from '../kernelViews'
import { LAYER_NORM_EPSILON } from './layerNorm'

export const layerNormReference: KernelFactory = (call) => {
  const x = inputMatrix(call, 0) // [M, F]
  const weight = inputFloats(call, 1) // [F]
  const bias = inputFloats(call, 2) // [F]
  const y = outputMatrix(call, 0) // [M, F]
  const statistics = outputMatrix(call, 1) // [M, 2]
  const features = x.columns
  return () => {
    for (let row = 0; row < x.rows; row++) {
      let sum = 0
      for (let column = 0; column < features; column++) sum += x.at(row, column)
      const mean = sum / features
      let squares = 0
      for (let column = 0; column < features; column++) squares += (x.at(row, column) - mean) ** 2
      const scale = 1 / Math.sqrt(squares / features + LAYER_NORM_EPSILON)
      for (let column = 0; column < features; column++) {
        y.set(row, column, (x.at(row, column) - mean) * scale * weight.at(column) + bias.at(column))
      }
      statistics.set(row, 0, mean)
      statistics.set(row, 1, scale)
    }
  }
}

/** With n = (x − mean) · scale and g = dy · weight: dx = scale · (g − mean(g) − n · mean(g · n)). */
export const layerNormGradientReference: KernelFactory = (call) => {
  const x = inputMatrix(call, 0) // [M, F]
  const weight = inputFloats(call, 1) // [F]
  const statistics = inputMatrix(call, 2) // [M, 2]
  const dy = inputMatrix(call, 3) // [M, F]
  const dx = outputMatrix(call, 0) // [M, F]; may lie over dy
  const dWeight = outputFloats(call, 1) // [F]
  const dBias = outputFloats(call, 2) // [F]
  const features = x.columns
  const normal = (row: number, column: number) => (x.at(row, column) - statistics.at(row, 0)) * statistics.at(row, 1)

  function sumOverRows(): void {
    for (let column = 0; column < features; column++) {
      let [weightSum, biasSum] = [0, 0]
      for (let row = 0; row < x.rows; row++) {
        weightSum += dy.at(row, column) * normal(row, column)
        biasSum += dy.at(row, column)
      }
      dWeight.set(column, weightSum)
      dBias.set(column, biasSum)
    }
  }

  return () => {
    sumOverRows()
    for (let row = 0; row < x.rows; row++) {
      let [sum, dot] = [0, 0]
      for (let column = 0; column < features; column++) {
        const g = dy.at(row, column) * weight.at(column)
        sum += g
        dot += g * normal(row, column)
      }
      for (let column = 0; column < features; column++) {
        const g = dy.at(row, column) * weight.at(column)
        dx.set(row, column, statistics.at(row, 1) * (g - sum / features - (normal(row, column) * dot) / features))
      }
    }
  }
}
