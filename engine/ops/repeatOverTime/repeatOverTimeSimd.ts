import { inputAddress, kernelFunction, outputAddress, type SimdKernel } from '../callSimd'
import { dimOf, inputSpan, outputSpan } from '../kernelViews'

export const repeatOverTimeSimd: SimdKernel = (exports) => bind(exports, 'repeatOverTime')
export const repeatOverTimeGradientSimd: SimdKernel = (exports) => bind(exports, 'repeatOverTimeGradient')

function bind(
  exports: Parameters<SimdKernel>[0],
  name: 'repeatOverTime' | 'repeatOverTimeGradient',
): ReturnType<SimdKernel> {
  const run = kernelFunction(exports, name)
  return (call) => {
    const [from, lengths, to] = [inputAddress(call, 0), inputAddress(call, 1), outputAddress(call, 0)]
    const sequence = name === 'repeatOverTime' ? outputSpan(call, 0) : inputSpan(call, 0)
    const [time, batch, features] = [dimOf(sequence, 0), dimOf(sequence, 1), dimOf(sequence, 2)]
    return () => {
      run(from, lengths, to, time, batch, features)
    }
  }
}
