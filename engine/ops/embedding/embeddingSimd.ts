import { inputAddress, kernelFunction, outputAddress, type SimdKernel } from '../callSimd'
import { dimOf, inputSpan, outputSpan } from '../kernelViews'
import { paddingOf } from './embedding'

export const embeddingSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'embedding')
  return (call) => {
    const [tokens, weight, lengths] = [inputAddress(call, 0), inputAddress(call, 1), inputAddress(call, 2)]
    const y = outputAddress(call, 0)
    const padding = paddingOf(call.attributes)
    const tokenSpan = inputSpan(call, 0)
    const batch = dimOf(tokenSpan, -1)
    const time = tokenSpan.size / batch
    const features = dimOf(inputSpan(call, 1), 1)
    return () => {
      run(tokens, weight, lengths, y, time, batch, features, padding)
    }
  }
}

export const embeddingGradientSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'embeddingGradient')
  return (call) => {
    const [tokens, lengths, dy] = [inputAddress(call, 0), inputAddress(call, 1), inputAddress(call, 2)]
    const dWeight = outputAddress(call, 0)
    const tokenSpan = inputSpan(call, 0)
    const batch = dimOf(tokenSpan, -1)
    const time = tokenSpan.size / batch
    const padding = paddingOf(call.attributes)
    const [vocabulary, features] = [dimOf(outputSpan(call, 0), 0), dimOf(outputSpan(call, 0), 1)]
    return () => {
      run(tokens, lengths, dy, dWeight, time, batch, features, vocabulary, padding)
    }
  }
}
