import type { KernelFactory } from '../kernel'
import { inputFloats, inputIntegers, inputMatrix, type Matrix, outputFloats, outputMatrix } from '../kernelViews'

export const crossEntropyReference: KernelFactory = (call) => {
  const logits = inputMatrix(call, 0) // [rows, C]
  const target = inputIntegers(call, 1) // [rows]
  const lossScale = inputFloats(call, 2)
  const loss = outputFloats(call, 0)
  const dLogits = outputMatrix(call, 1) // [rows, C]; may lie over logits
  return () => {
    const scale = lossScale.at(0)
    let total = 0
    for (let row = 0; row < logits.rows; row++) {
      const label = target.at(row)
      const counted = label >= 0
      const logSum = counted ? logSumExp(logits, row) : 0
      if (counted) total += logSum - logits.at(row, label)
      for (let column = 0; column < logits.columns; column++) {
        const probability = counted ? Math.exp(logits.at(row, column) - logSum) : 0
        dLogits.set(row, column, scale * (column === label ? probability - 1 : probability))
      }
    }
    loss.set(0, total * scale)
  }
}

/** log Σ exp(row), shifted by the largest so that nothing overflows. */
function logSumExp(matrix: Matrix, row: number): number {
  let largest = Number.NEGATIVE_INFINITY
  for (let column = 0; column < matrix.columns; column++) largest = Math.max(largest, matrix.at(row, column))
  let sum = 0
  for (let column = 0; column < matrix.columns; column++) sum += Math.exp(matrix.at(row, column) - largest)
  return largest + Math.log(sum)
}
