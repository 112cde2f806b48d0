import { addressOf, kernelFunction, type SimdKernel } from '../callSimd'
import { dimOf, inputSpan } from '../kernelViews'

export const lstmCellSimd: SimdKernel = (exports) => bind(exports, 'lstmCell')
export const lstmCellGradientSimd: SimdKernel = (exports) => bind(exports, 'lstmCellGradient')

/** The module's functions take inputs (0 for absent ones) and outputs in the op's own order, then batch and hidden. Input 1 is c [B, H]. */
function bind(exports: Parameters<SimdKernel>[0], name: string): ReturnType<SimdKernel> {
  const run = kernelFunction(exports, name)
  return (call) => {
    const c = inputSpan(call, 1)
    const parameters = [...[...call.inputs, ...call.outputs].map(addressOf), dimOf(c, 0), dimOf(c, 1)]
    return () => {
      run(...parameters)
    }
  }
}
