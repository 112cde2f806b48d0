import { inputAddress, kernelFunction, outputAddress, type SimdKernel } from '../callSimd'
import { dimOf, inputSpan } from '../kernelViews'
import { rowsOf } from '../valueRules'
import { countingOf } from './crossEntropy'

export const crossEntropySimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'crossEntropy')
  return (call) => {
    const [logits, target, lossScale] = [inputAddress(call, 0), inputAddress(call, 1), inputAddress(call, 2)]
    const weights = inputAddress(call, 3)
    const [loss, dLogits] = [outputAddress(call, 0), outputAddress(call, 1)]
    const span = inputSpan(call, 0)
    const [rows, classes] = [rowsOf(span.dims), dimOf(span, -1)]
    const { ignored, labelSmoothing } = countingOf('crossEntropy', call.attributes)
    return () => {
      run(logits, target, lossScale, loss, dLogits, rows, classes, weights, ignored, labelSmoothing)
    }
  }
}
