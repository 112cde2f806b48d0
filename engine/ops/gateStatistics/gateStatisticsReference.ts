import type { KernelFactory } from '../kernel'
import { dimOf, inputIntegers, inputMatrix, inputSpan, outputMatrix } from '../kernelViews'
import { numberAttribute } from '../valueRules'
import { gateBlocks } from './gateStatistics'

export const gateStatisticsReference: KernelFactory = (call) => {
  const gates = inputMatrix(call, 0) // [T·B, gateCount·H]
  const lengths = inputIntegers(call, 1) // [B]
  const statistics = outputMatrix(call, 0) // [n, 4]
  const batch = dimOf(inputSpan(call, 0), 1)
  const hidden = gates.columns / numberAttribute('gateStatistics', call.attributes, 'gateCount')
  const blocks = gateBlocks(call.attributes).map((block) => gates.columnRange(block * hidden, hidden))
  return () => {
    for (const [index, block] of blocks.entries()) {
      let [count, sum, low, high] = [0, 0, 0, 0]
      for (let row = 0; row < block.rows; row++) {
        if (Math.floor(row / batch) >= lengths.at(row % batch)) continue
        for (let unit = 0; unit < hidden; unit++) {
          const value = block.at(row, unit)
          count += 1
          sum += value
          if (value < 0.1) low += 1
          if (value > 0.9) high += 1
        }
      }
      for (const [column, figure] of [count, sum, low, high].entries()) statistics.set(index, column, figure)
    }
  }
}
