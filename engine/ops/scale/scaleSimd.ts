import { inputAddress, kernelFunction, outputAddress, type SimdKernel } from '../callSimd'
import { outputSpan } from '../kernelViews'
import { scaleFactor } from './scale'

export const scaleSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'scaleVector')
  return (call) => {
    const [x, y] = [inputAddress(call, 0), outputAddress(call, 0)]
    const { size } = outputSpan(call, 0)
    const factor = scaleFactor(call.attributes)
    return () => {
      run(x, y, size, factor)
    }
  }
}
