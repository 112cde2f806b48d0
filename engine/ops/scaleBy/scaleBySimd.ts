import { inputAddress, kernelFunction, outputAddress, type SimdKernel } from '../callSimd'
import { inputFloats, outputSpan } from '../kernelViews'

export const scaleBySimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'scaleVector')
  return (call) => {
    const [x, y] = [inputAddress(call, 0), outputAddress(call, 0)]
    const factor = inputFloats(call, 1)
    const { size } = outputSpan(call, 0)
    return () => {
      run(x, y, size, factor.at(0))
    }
  }
}
