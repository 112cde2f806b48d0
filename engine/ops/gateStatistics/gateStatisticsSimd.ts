import { inputAddress, kernelFunction, outputAddress, type SimdKernel } from '../callSimd'
import { dimOf, inputSpan } from '../kernelViews'
import { numberAttribute } from '../valueRules'
import { gateBlocks } from './gateStatistics'

export const gateStatisticsSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'gateStatistics')
  return (call) => {
    const [gates, lengths, statistics] = [inputAddress(call, 0), inputAddress(call, 1), outputAddress(call, 0)]
    const span = inputSpan(call, 0)
    const [time, batch, width] = [dimOf(span, 0), dimOf(span, 1), dimOf(span, 2)]
    const hidden = width / numberAttribute('gateStatistics', call.attributes, 'gateCount')
    const blocks = gateBlocks(call.attributes)
    return () => {
      for (let index = 0; index < blocks.length; index++) {
        const block = gates + (blocks[index] ?? 0) * hidden * 4
        run(block, width * 4, lengths, statistics + index * 16, time, batch, hidden)
      }
    }
  }
}
