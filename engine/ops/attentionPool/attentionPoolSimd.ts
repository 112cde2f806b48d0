import { addressOf, kernelFunction, type SimdKernel } from '../callSimd'
import { dimOf, inputSpan } from '../kernelViews'

export const attentionPoolSimd: SimdKernel = (exports) => bind(exports, 'attentionPool')
export const attentionPoolGradientSimd: SimdKernel = (exports) => bind(exports, 'attentionPoolGradient')

/** The module's functions take inputs, outputs, time, batch and features in the op's own order. */
function bind(exports: Parameters<SimdKernel>[0], name: string): ReturnType<SimdKernel> {
  const run = kernelFunction(exports, name)
  return (call) => {
    const x = inputSpan(call, 0)
    const parameters = [...[...call.inputs, ...call.outputs].map(addressOf), dimOf(x, 0), dimOf(x, 1), dimOf(x, 2)]
    return () => {
      run(...parameters)
    }
  }
}
