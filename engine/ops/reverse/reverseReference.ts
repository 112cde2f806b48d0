import type { KernelFactory } from '../kernel'
import { dimOf, inputIntegers, inputMatrix, inputSpan, outputMatrix } from '../kernelViews'

export const reverseReference: KernelFactory = (call) => {
  const x = inputMatrix(call, 0) // [T·B, F]
  const lengths = inputIntegers(call, 1) // [B]
  const y = outputMatrix(call, 0) // [T·B, F]
  const batch = dimOf(inputSpan(call, 0), 1)
  return () => {
    for (let place = 0; place < y.rows; place++) {
      const row = place % batch
      const from = lengths.at(row) - 1 - Math.floor(place / batch)
      for (let column = 0; column < y.columns; column++) {
        y.set(place, column, from < 0 ? 0 : x.at(from * batch + row, column))
      }
    }
  }
}
