import type { KernelFactory } from '../kernel'
import { dimOf, inputIntegers, inputMatrix, inputSpan, outputFloats, outputMatrix, outputSpan } from '../kernelViews'

export const lastStepReference: KernelFactory = (call) => {
  const x = inputMatrix(call, 0) // [T·B, F]
  const lengths = inputIntegers(call, 1) // [B]
  const y = outputMatrix(call, 0) // [B, F]
  const batch = dimOf(inputSpan(call, 0), 1)
  return () => {
    for (let row = 0; row < batch; row++) {
      const last = lengths.at(row) - 1
      for (let column = 0; column < y.columns; column++) {
        y.set(row, column, last < 0 ? 0 : x.at(last * batch + row, column))
      }
    }
  }
}

export const lastStepGradientReference: KernelFactory = (call) => {
  const dy = inputMatrix(call, 0) // [B, F]
  const lengths = inputIntegers(call, 1) // [B]
  const dx = outputMatrix(call, 0) // [T·B, F]
  const cleared = outputFloats(call, 0)
  const batch = dimOf(outputSpan(call, 0), 1)
  return () => {
    cleared.fill(0)
    for (let row = 0; row < batch; row++) {
      const last = lengths.at(row) - 1
      if (last < 0) continue
      for (let column = 0; column < dy.columns; column++) dx.set(last * batch + row, column, dy.at(row, column))
    }
  }
}
