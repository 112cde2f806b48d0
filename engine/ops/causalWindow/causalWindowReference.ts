import type { KernelCall, KernelFactory } from '../kernel'
import { dimOf, inputIntegers, inputMatrix, inputSpan, type Matrix, outputFloats, outputMatrix } from '../kernelViews'
import { windowOf } from './causalWindow'

export const causalWindowReference: KernelFactory = (call) => {
  const y = outputMatrix(call, 0) // [T·B, I·K]
  const cleared = outputFloats(call, 0)
  return walk(call, inputMatrix(call, 0), cleared, (x, row, feature, at, column) => {
    y.set(at, column, x.at(row, feature))
  })
}

export const causalWindowGradientReference: KernelFactory = (call) => {
  const dy = inputMatrix(call, 0) // [T·B, I·K]
  const cleared = outputFloats(call, 0)
  return walk(call, outputMatrix(call, 0), cleared, (dx, row, feature, at, column) => {
    dx.set(row, feature, dx.at(row, feature) + dy.at(at, column))
  })
}

/**
 * Every place of a window that lies inside the example: row and feature of the narrow side [T·B, I], row and column of the windows
 * [T·B, I·K].
 */
function walk(
  call: KernelCall,
  narrow: Matrix,
  cleared: { fill(value: number): void },
  visit: (narrow: Matrix, row: number, feature: number, at: number, column: number) => void,
): () => void {
  const lengths = inputIntegers(call, 1) // [B]
  const [time, batch] = [dimOf(inputSpan(call, 0), 0), dimOf(inputSpan(call, 0), 1)]
  const { size, dilation } = windowOf(call.attributes)
  return () => {
    cleared.fill(0)
    for (let t = 0; t < time; t++) {
      for (let row = 0; row < batch; row++) {
        if (t >= lengths.at(row)) continue
        for (let k = 0; k < size; k++) {
          const step = t - (size - 1 - k) * dilation
          if (step < 0) continue
          for (let feature = 0; feature < narrow.columns; feature++) {
            visit(narrow, step * batch + row, feature, t * batch + row, feature * size + k)
          }
        }
      }
    }
  }
}
