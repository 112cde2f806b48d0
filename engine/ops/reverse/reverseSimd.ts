import { inputAddress, kernelFunction, outputAddress, type SimdKernel } from '../callSimd'
import { dimOf, inputSpan } from '../kernelViews'

export const reverseSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'reverse')
  return (call) => {
    const [x, lengths, y] = [inputAddress(call, 0), inputAddress(call, 1), outputAddress(call, 0)]
    const span = inputSpan(call, 0)
    const [time, batch, features] = [dimOf(span, 0), dimOf(span, 1), dimOf(span, 2)]
    return () => {
      run(x, lengths, y, time, batch, features)
    }
  }
}
