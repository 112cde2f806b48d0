import { addressOf, kernelFunction, type SimdKernel } from '../callSimd'
import { dimOf, inputSpan } from '../kernelViews'

export const gruCellSimd: SimdKernel = (exports) => bind(exports, 'gruCell')
export const gruCellGradientSimd: SimdKernel = (exports) => bind(exports, 'gruCellGradient')

/** The module's functions take inputs and outputs in the op's own order, then batch and hidden. Input 2 is h [B, H] in both. */
function bind(exports: Parameters<SimdKernel>[0], name: string): ReturnType<SimdKernel> {
  const run = kernelFunction(exports, name)
  return (call) => {
    const h = inputSpan(call, 2)
    const parameters = [...[...call.inputs, ...call.outputs].map(addressOf), dimOf(h, 0), dimOf(h, 1)]
    return () => {
      run(...parameters)
    }
  }
}
