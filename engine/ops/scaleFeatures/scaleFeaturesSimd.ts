import { inputAddress, kernelFunction, outputAddress, type SimdKernel } from '../callSimd'
import { dimOf, inputSpan } from '../kernelViews'
import { rowsOf } from '../valueRules'

export const scaleFeaturesSimd: SimdKernel = (exports) => bind(exports, 'scaleFeatures')
export const scaleFeaturesWeightGradientSimd: SimdKernel = (exports) => bind(exports, 'scaleFeaturesWeightGradient')

function bind(exports: Parameters<SimdKernel>[0], name: string): ReturnType<SimdKernel> {
  const run = kernelFunction(exports, name)
  return (call) => {
    const [first, second, output] = [inputAddress(call, 0), inputAddress(call, 1), outputAddress(call, 0)]
    const x = inputSpan(call, 0)
    const [rows, features] = [rowsOf(x.dims), dimOf(x, -1)]
    return () => {
      run(first, second, output, rows, features)
    }
  }
}
