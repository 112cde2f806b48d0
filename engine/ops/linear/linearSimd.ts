import { inputAddress, kernelFunction, outputAddress, type SimdKernel, scratchAddress } from '../callSimd'
import type { KernelCall } from '../kernel'
import { dimOf, inputSpan, outputSpan } from '../kernelViews'
import { rowsOf } from '../valueRules'

export const linearSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'linear')
  return (call) => {
    const [x, weight, bias] = [inputAddress(call, 0), inputAddress(call, 1), inputAddress(call, 2)]
    const y = outputAddress(call, 0)
    const rows = rowsOf(inputSpan(call, 0).dims)
    const [outputs, inputs] = [dimOf(inputSpan(call, 1), 0), dimOf(inputSpan(call, 1), 1)]
    const scratch = scratchAddress(call)
    const isPacked = packedBefore(call)
    return () => {
      run(x, weight, bias, y, rows, inputs, outputs, scratch, isPacked())
    }
  }
}

export const linearInputGradientSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'linearInputGradient')
  return (call) => {
    const [dy, weight, dx] = [inputAddress(call, 0), inputAddress(call, 1), outputAddress(call, 0)]
    const rows = rowsOf(inputSpan(call, 0).dims)
    const [outputs, inputs] = [dimOf(inputSpan(call, 1), 0), dimOf(inputSpan(call, 1), 1)]
    const scratch = scratchAddress(call)
    const isPacked = packedBefore(call)
    return () => {
      run(dy, weight, dx, rows, inputs, outputs, scratch, isPacked())
    }
  }
}

/** 1 where the weight stays the same and was packed by a call before, else 0. */
function packedBefore({ constants }: KernelCall): () => number {
  if (!constants?.isConstant[1]) return () => 0
  let packed = -1
  return () => {
    if (packed === constants.run.count) return 1
    packed = constants.run.count
    return 0
  }
}

export const linearWeightGradientSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'linearWeightGradient')
  return (call) => {
    const [x, dy] = [inputAddress(call, 0), inputAddress(call, 1)]
    const [dWeight, dBias] = [outputAddress(call, 0), outputAddress(call, 1)]
    const rows = rowsOf(inputSpan(call, 0).dims)
    const [outputs, inputs] = [dimOf(outputSpan(call, 0), 0), dimOf(outputSpan(call, 0), 1)]
    const scratch = scratchAddress(call)
    return () => {
      run(x, dy, dWeight, dBias, rows, inputs, outputs, scratch)
    }
  }
}
