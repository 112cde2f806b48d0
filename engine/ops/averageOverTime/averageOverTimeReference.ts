import type { KernelFactory } from '../kernel'
import { dimOf, inputIntegers, inputMatrix, inputSpan, outputMatrix, outputSpan } from '../kernelViews'

export const averageOverTimeReference: KernelFactory = (call) => {
  const x = inputMatrix(call, 0) // [T·B, F]
  const lengths = inputIntegers(call, 1) // [B]
  const y = outputMatrix(call, 0) // [B, F]
  const batch = dimOf(inputSpan(call, 0), 1)
  return () => {
    for (let row = 0; row < batch; row++) {
      const length = lengths.at(row)
      for (let column = 0; column < y.columns; column++) {
        let sum = 0
        for (let t = 0; t < length; t++) sum += x.at(t * batch + row, column)
        y.set(row, column, sum / Math.max(1, length))
      }
    }
  }
}

export const averageOverTimeGradientReference: KernelFactory = (call) => {
  const dy = inputMatrix(call, 0) // [B, F]
  const lengths = inputIntegers(call, 1) // [B]
  const dx = outputMatrix(call, 0) // [T·B, F]
  const [time, batch] = [dimOf(outputSpan(call, 0), 0), dimOf(outputSpan(call, 0), 1)]
  return () => {
    for (let t = 0; t < time; t++) {
      for (let row = 0; row < batch; row++) {
        const length = lengths.at(row)
        for (let column = 0; column < dx.columns; column++) {
          dx.set(t * batch + row, column, t < length ? dy.at(row, column) / length : 0)
        }
      }
    }
  }
}
