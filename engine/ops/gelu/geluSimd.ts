import { inputAddress, kernelFunction, outputAddress, type SimdKernel } from '../callSimd'
import { outputSpan } from '../kernelViews'

export const geluSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'gelu')
  return (call) => {
    const [x, y] = [inputAddress(call, 0), outputAddress(call, 0)]
    const { size } = outputSpan(call, 0)
    return () => {
      run(x, y, size)
    }
  }
}

export const geluGradientSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'geluGradient')
  return (call) => {
    const [x, dy, dx] = [inputAddress(call, 0), inputAddress(call, 1), outputAddress(call, 0)]
    const { size } = outputSpan(call, 0)
    return () => {
      run(x, dy, dx, size)
    }
  }
}
