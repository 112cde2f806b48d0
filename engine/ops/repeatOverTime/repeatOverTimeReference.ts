import type { KernelFactory } from '../kernel'
import { inputIntegers, inputMatrix, outputFloats, outputMatrix } from '../kernelViews'

export const repeatOverTimeReference: KernelFactory = (call) => {
  const x = inputMatrix(call, 0) // [B, F]
  const lengths = inputIntegers(call, 1) // [B]
  const y = outputMatrix(call, 0) // [T·B, F]
  return () => {
    for (let at = 0; at < y.rows; at++) {
      const row = at % x.rows
      const valid = Math.floor(at / x.rows) < lengths.at(row)
      for (let column = 0; column < y.columns; column++) y.set(at, column, valid ? x.at(row, column) : 0)
    }
  }
}

export const repeatOverTimeGradientReference: KernelFactory = (call) => {
  const dy = inputMatrix(call, 0) // [T·B, F]
  const lengths = inputIntegers(call, 1) // [B]
  const dx = outputMatrix(call, 0) // [B, F]
  const cleared = outputFloats(call, 0)
  return () => {
    cleared.fill(0)
    for (let at = 0; at < dy.rows; at++) {
      const row = at % dx.rows
      if (Math.floor(at / dx.rows) >= lengths.at(row)) continue
      for (let column = 0; column < dy.columns; column++) {
        dx.set(row, column, dx.at(row, column) + dy.at(at, column))
      }
    }
  }
}
