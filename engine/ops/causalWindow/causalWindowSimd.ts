import { inputAddress, kernelFunction, outputAddress, type SimdKernel } from '../callSimd'
import { dimOf, inputSpan, outputSpan } from '../kernelViews'
import { windowOf } from './causalWindow'

export const causalWindowSimd: SimdKernel = (exports) => bind(exports, 'causalWindow')
export const causalWindowGradientSimd: SimdKernel = (exports) => bind(exports, 'causalWindowGradient')

function bind(
  exports: Parameters<SimdKernel>[0],
  name: 'causalWindow' | 'causalWindowGradient',
): ReturnType<SimdKernel> {
  const run = kernelFunction(exports, name)
  return (call) => {
    const [from, lengths, to] = [inputAddress(call, 0), inputAddress(call, 1), outputAddress(call, 0)]
    const narrow = name === 'causalWindow' ? inputSpan(call, 0) : outputSpan(call, 0)
    const [time, batch, features] = [dimOf(narrow, 0), dimOf(narrow, 1), dimOf(narrow, 2)]
    const { size, dilation } = windowOf(call.attributes)
    return () => {
      run(from, lengths, to, time, batch, features, size, dilation)
    }
  }
}
