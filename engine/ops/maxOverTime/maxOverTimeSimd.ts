import { inputAddress, kernelFunction, outputAddress, type SimdKernel } from '../callSimd'
import { dimOf, inputSpan } from '../kernelViews'

export const maxOverTimeSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'maxOverTime')
  return (call) => {
    const [x, lengths] = [inputAddress(call, 0), inputAddress(call, 1)]
    const [y, steps] = [outputAddress(call, 0), outputAddress(call, 1)]
    const [batch, features] = [dimOf(inputSpan(call, 0), 1), dimOf(inputSpan(call, 0), 2)]
    return () => {
      run(x, lengths, y, steps, batch, features)
    }
  }
}
