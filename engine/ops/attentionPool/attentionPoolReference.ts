import type { KernelFactory } from '../kernel'
import { dimOf, inputFloats, inputIntegers, inputMatrix, inputSpan, outputFloats, outputMatrix } from '../kernelViews'

export const attentionPoolReference: KernelFactory = (call) => {
  const x = inputMatrix(call, 0) // [T·B, F]
  const scores = inputFloats(call, 1) // [T·B]
  const lengths = inputIntegers(call, 2) // [B]
  const y = outputMatrix(call, 0) // [B, F]
  const weights = outputFloats(call, 1) // [T·B]
  const batch = dimOf(inputSpan(call, 0), 1)
  return () => {
    weights.fill(0)
    for (let row = 0; row < batch; row++) {
      const length = lengths.at(row)
      let most = Number.NEGATIVE_INFINITY
      for (let t = 0; t < length; t++) most = Math.max(most, scores.at(t * batch + row))
      let sum = 0
      for (let t = 0; t < length; t++) sum += Math.exp(scores.at(t * batch + row) - most)
      for (let t = 0; t < length; t++) {
        weights.set(t * batch + row, Math.exp(scores.at(t * batch + row) - most) / sum)
      }
      for (let column = 0; column < y.columns; column++) {
        let blend = 0
        for (let t = 0; t < length; t++) blend += weights.at(t * batch + row) * x.at(t * batch + row, column)
        y.set(row, column, blend)
      }
    }
  }
}

export const attentionPoolGradientReference: KernelFactory = (call) => {
  const x = inputMatrix(call, 0) // [T·B, F]
  const weights = inputFloats(call, 1) // [T·B]
  const lengths = inputIntegers(call, 2) // [B]
  const dy = inputMatrix(call, 3) // [B, F]
  const dx = outputMatrix(call, 0) // [T·B, F]
  const dScores = outputFloats(call, 1) // [T·B]
  const batch = dimOf(inputSpan(call, 0), 1)
  const slope = (t: number, row: number) => {
    let sum = 0
    for (let column = 0; column < dy.columns; column++) sum += dy.at(row, column) * x.at(t * batch + row, column)
    return sum
  }
  return () => {
    dx.fill(0)
    dScores.fill(0)
    for (let row = 0; row < batch; row++) {
      const length = lengths.at(row)
      let mean = 0
      for (let t = 0; t < length; t++) mean += weights.at(t * batch + row) * slope(t, row)
      for (let t = 0; t < length; t++) {
        const cell = t * batch + row
        dScores.set(cell, weights.at(cell) * (slope(t, row) - mean))
        for (let column = 0; column < dy.columns; column++) dx.set(cell, column, weights.at(cell) * dy.at(row, column))
      }
    }
  }
}
