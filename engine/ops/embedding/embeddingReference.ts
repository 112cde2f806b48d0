import type { KernelFactory } from '../kernel'
import { dimOf, inputIntegers, inputMatrix, inputSpan, outputFloats, outputMatrix } from '../kernelViews'
import { paddingOf } from './embedding'

export const embeddingReference: KernelFactory = (call) => {
  const tokens = inputIntegers(call, 0) // [T, B]
  const weight = inputMatrix(call, 1) // [V, E]
  const lengths = call.inputs[2] ? inputIntegers(call, 2) : null // [B]
  const y = outputMatrix(call, 0) // [T·B, E]
  const padding = paddingOf(call.attributes)
  const batch = dimOf(inputSpan(call, 0), -1)
  return () => {
    for (let row = 0; row < y.rows; row++) {
      const within = lengths === null || Math.floor(row / batch) < lengths.at(row % batch)
      const valid = within && tokens.at(row) !== padding
      for (let column = 0; column < y.columns; column++) {
        y.set(row, column, valid ? weight.at(tokens.at(row), column) : 0)
      }
    }
  }
}

export const embeddingGradientReference: KernelFactory = (call) => {
  const tokens = inputIntegers(call, 0) // [T, B]
  const lengths = call.inputs[1] ? inputIntegers(call, 1) : null // [B]
  const dy = inputMatrix(call, 2) // [T·B, E]
  const dWeight = outputMatrix(call, 0) // [V, E]
  const cleared = outputFloats(call, 0)
  const padding = paddingOf(call.attributes)
  const batch = dimOf(inputSpan(call, 0), -1)
  return () => {
    cleared.fill(0)
    for (let row = 0; row < dy.rows; row++) {
      if (lengths !== null && Math.floor(row / batch) >= lengths.at(row % batch)) continue
      const token = tokens.at(row)
      if (token === padding) continue
      for (let column = 0; column < dy.columns; column++) {
        dWeight.set(token, column, dWeight.at(token, column) + dy.at(row, column))
      }
    }
  }
}
