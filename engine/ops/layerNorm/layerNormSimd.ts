import { addressOf, kernelFunction, type SimdKernel, scratchAddress } from '../callSimd'
import { dimOf, inputSpan } from '../kernelViews'
import { rowsOf } from '../valueRules'

export const layerNormSimd: SimdKernel = (exports) => bind(exports, 'layerNorm')
export const layerNormGradientSimd: SimdKernel = (exports) => bind(exports, 'layerNormGradient')

/** The module's functions take inputs, outputs, rows, features and scratch in the op's own order. */
function bind(exports: Parameters<SimdKernel>[0], name: string): ReturnType<SimdKernel> {
  const run = kernelFunction(exports, name)
  return (call) => {
    const x = inputSpan(call, 0)
    const addresses = [...call.inputs, ...call.outputs].map(addressOf)
    const parameters = [...addresses, rowsOf(x.dims), dimOf(x, -1), scratchAddress(call)]
    return () => {
      run(...parameters)
    }
  }
}
