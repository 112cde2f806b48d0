import { inputAddress, kernelFunction, outputAddress, type SimdKernel, scratchAddress } from '../callSimd'
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
    return () => {
      run(x, weight, bias, y, rows, inputs, outputs, scratch)
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
    return () => {
      run(dy, weight, dx, rows, inputs, outputs, scratch)
    }
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
