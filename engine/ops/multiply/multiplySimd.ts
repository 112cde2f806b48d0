import { inputAddress, kernelFunction, outputAddress, type SimdKernel } from '../callSimd'
import { outputSpan } from '../kernelViews'

export const multiplySimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'multiplyVectors')
  return (call) => {
    const [a, b, y] = [inputAddress(call, 0), inputAddress(call, 1), outputAddress(call, 0)]
    const { size } = outputSpan(call, 0)
    return () => {
      run(y, a, b, size)
    }
  }
}
