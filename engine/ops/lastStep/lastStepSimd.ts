import { inputAddress, kernelFunction, outputAddress, type SimdKernel } from '../callSimd'
import { dimOf, inputSpan, outputSpan } from '../kernelViews'

export const lastStepSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'lastStep')
  return (call) => {
    const [x, lengths, y] = [inputAddress(call, 0), inputAddress(call, 1), outputAddress(call, 0)]
    const [batch, features] = [dimOf(inputSpan(call, 0), 1), dimOf(inputSpan(call, 0), 2)]
    return () => {
      run(x, lengths, y, batch, features)
    }
  }
}

export const lastStepGradientSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'lastStepGradient')
  return (call) => {
    const [dy, lengths, dx] = [inputAddress(call, 0), inputAddress(call, 1), outputAddress(call, 0)]
    const span = outputSpan(call, 0)
    const [time, batch, features] = [dimOf(span, 0), dimOf(span, 1), dimOf(span, 2)]
    return () => {
      run(dy, lengths, dx, time, batch, features)
    }
  }
}
