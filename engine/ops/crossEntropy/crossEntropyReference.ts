import type { KernelFactory } from '../kernel'
import { inputFloats, inputIntegers, inputMatrix, type Matrix, outputFloats, outputMatrix } from '../kernelViews'
import { countingOf } from './crossEntropy'

export const crossEntropyReference: KernelFactory = (call) => {
  const logits = inputMatrix(call, 0) // [rows, C]
  const target = inputIntegers(call, 1) // [rows]
  const lossScale = inputFloats(call, 2)
  const weights = call.inputs[3] ? inputFloats(call, 3) : null // [C]
  const loss = outputFloats(call, 0)
  const dLogits = outputMatrix(call, 1) // [rows, C]; may lie over logits
  const { ignored, labelSmoothing } = countingOf('crossEntropy', call.attributes)
  const weightOf = (column: number) => weights?.at(column) ?? 1
  return () => {
    const scale = lossScale.at(0)
    let total = 0
    for (let row = 0; row < logits.rows; row++) {
      const label = target.at(row)
      if (label < 0 || label === ignored) {
        for (let column = 0; column < logits.columns; column++) dLogits.set(row, column, 0)
        continue
      }
      const logSum = logSumExp(logits, row)
      /** How much of the row's target falls on a class. */
      const shareOf = (column: number) =>
        weightOf(column) * (labelSmoothing / logits.columns + (column === label ? 1 - labelSmoothing : 0))
      let shares = 0
      for (let column = 0; column < logits.columns; column++) {
        shares += shareOf(column)
        total += shareOf(column) * (logSum - logits.at(row, column))
      }
      for (let column = 0; column < logits.columns; column++) {
        const probability = Math.exp(logits.at(row, column) - logSum)
        dLogits.set(row, column, scale * (shares * probability - shareOf(column)))
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
