import { inputAddress, kernelFunction, outputAddress, type SimdKernel } from '../callSimd'
import { dimOf, inputSpan } from '../kernelViews'

export const meanSquaredErrorSimd: SimdKernel = (exports) => bind(exports, 0)
export const meanAbsoluteErrorSimd: SimdKernel = (exports) => bind(exports, 1)
export const huberSimd: SimdKernel = (exports) => bind(exports, 2)

/** @param kind as numberLoss.as.ts counts them */
function bind(exports: Parameters<SimdKernel>[0], kind: number): ReturnType<SimdKernel> {
  const run = kernelFunction(exports, 'numberLoss')
  return (call) => {
    const [prediction, target, lossScale] = [inputAddress(call, 0), inputAddress(call, 1), inputAddress(call, 2)]
    const [loss, dPrediction] = [outputAddress(call, 0), outputAddress(call, 1)]
    const span = inputSpan(call, 0)
    const columns = dimOf(span, -1)
    return () => {
      run(kind, prediction, target, lossScale, loss, dPrediction, span.size, columns)
    }
  }
}
