import { inputAddress, kernelFunction, outputAddress, type SimdKernel } from '../callSimd'
import { dimOf, inputSpan, outputSpan } from '../kernelViews'

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

export const maxOverTimeGradientSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'maxOverTimeGradient')
  return (call) => {
    const [dy, steps, dx] = [inputAddress(call, 0), inputAddress(call, 1), outputAddress(call, 0)]
    const span = outputSpan(call, 0)
    const [time, batch, features] = [dimOf(span, 0), dimOf(span, 1), dimOf(span, 2)]
    return () => {
      run(dy, steps, dx, time, batch, features)
    }
  }
}
