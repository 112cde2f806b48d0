import { inputAddress, kernelFunction, outputAddress, type SimdKernel } from '../callSimd'
import { dimOf, inputSpan, outputSpan } from '../kernelViews'
import { numberAttribute, rowsOf } from '../valueRules'

export const concatSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'copyColumns')
  return (call) => {
    const [a, b, y] = [inputAddress(call, 0), inputAddress(call, 1), outputAddress(call, 0)]
    const [left, right] = [dimOf(inputSpan(call, 0), -1), dimOf(inputSpan(call, 1), -1)]
    const rows = rowsOf(outputSpan(call, 0).dims)
    return () => {
      run(a, left, y, left + right, left, rows)
      run(b, right, y + 4 * left, left + right, right, rows)
    }
  }
}

export const sliceSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'copyColumns')
  return (call) => {
    const x = inputAddress(call, 0) + 4 * numberAttribute('slice', call.attributes, 'first')
    const y = outputAddress(call, 0)
    const [columns, count] = [dimOf(inputSpan(call, 0), -1), dimOf(outputSpan(call, 0), -1)]
    const rows = rowsOf(outputSpan(call, 0).dims)
    return () => {
      run(x, columns, y, count, count, rows)
    }
  }
}

export const sliceGradientSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'copyColumns')
  const clear = kernelFunction(exports, 'clearVector')
  return (call) => {
    const dy = inputAddress(call, 0)
    const dx = outputAddress(call, 0)
    const first = dx + 4 * numberAttribute('sliceGradient', call.attributes, 'first')
    const [count, columns] = [dimOf(inputSpan(call, 0), -1), dimOf(outputSpan(call, 0), -1)]
    const { size, dims } = outputSpan(call, 0)
    const rows = rowsOf(dims)
    return () => {
      clear(dx, size)
      run(dy, count, first, columns, count, rows)
    }
  }
}
