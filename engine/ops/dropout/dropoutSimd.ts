import { inputAddress, kernelFunction, outputAddress, type SimdKernel } from '../callSimd'
import { outputSpan } from '../kernelViews'
import { numberAttribute } from '../valueRules'
import { dropThreshold, keptScale } from './mask'

export const dropoutSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'dropout')
  return (call) => {
    const [x, seed, y] = [inputAddress(call, 0), inputAddress(call, 1), outputAddress(call, 0)]
    const { size } = outputSpan(call, 0)
    const rate = numberAttribute('dropout', call.attributes, 'rate')
    const stream = numberAttribute('dropout', call.attributes, 'stream')
    const [threshold, scale] = [dropThreshold(rate), keptScale(rate)]
    return () => {
      run(x, seed, y, size, stream, threshold, scale)
    }
  }
}
