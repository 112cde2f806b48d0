import { inputAddress, kernelFunction, outputAddress, type SimdKernel, scratchAddress } from '../callSimd'
import type { KernelCall } from '../kernel'
import { dimOf, inputSpan } from '../kernelViews'
import { flagAttribute } from '../valueRules'

export const additiveAttentionSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'additiveAttention')
  return (call) => {
    const addresses = [...inputs(call, 5), ...outputs(call, 2), ...sizes(call)]
    return () => {
      run(...addresses)
    }
  }
}

export const additiveAttentionGradientSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'additiveAttentionGradient')
  return (call) => {
    const addresses = [...inputs(call, 7), ...outputs(call, 4), scratchAddress(call), ...sizes(call)]
    return () => {
      run(...addresses)
    }
  }
}

function inputs(call: KernelCall, count: number): number[] {
  return Array.from({ length: count }, (_, index) => inputAddress(call, index))
}

function outputs(call: KernelCall, count: number): number[] {
  return Array.from({ length: count }, (_, index) => outputAddress(call, index))
}

/** Time, rows, width of the queries, features of the memory, and whether the future is hidden. */
function sizes(call: KernelCall): number[] {
  const [queries, memory] = [inputSpan(call, 0), inputSpan(call, 3)]
  const causal = flagAttribute('additiveAttention', call.attributes, 'causal') ? 1 : 0
  return [dimOf(queries, 0), dimOf(queries, 1), dimOf(queries, 2), dimOf(memory, 2), causal]
}
