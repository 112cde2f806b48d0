import { countingOf } from '../crossEntropy/crossEntropy'
import type { KernelFactory } from '../kernel'
import { inputFloats, inputIntegers, outputFloats } from '../kernelViews'

export const binaryCrossEntropyReference: KernelFactory = (call) => {
  const logit = inputFloats(call, 0) // [rows, 1]
  const target = inputIntegers(call, 1) // [rows]
  const lossScale = inputFloats(call, 2)
  const weights = call.inputs[3] ? inputFloats(call, 3) : null // [2]
  const loss = outputFloats(call, 0)
  const dLogit = outputFloats(call, 1) // [rows, 1]; may lie over logit
  const { ignored, labelSmoothing } = countingOf('binaryCrossEntropy', call.attributes)
  return () => {
    const scale = lossScale.at(0)
    const [weight0, weight1] = [weights?.at(0) ?? 1, weights?.at(1) ?? 1]
    let total = 0
    for (let row = 0; row < logit.size; row++) {
      const label = target.at(row)
      if (label < 0 || label === ignored) {
        dLogit.set(row, 0)
        continue
      }
      const x = logit.at(row)
      const share = labelSmoothing / 2 + (label === 1 ? 1 - labelSmoothing : 0)
      const [zero, one] = [weight0 * (1 - share), weight1 * share]
      total += zero * softplus(x) + one * softplus(-x)
      dLogit.set(row, scale * (zero * logistic(x) - one * logistic(-x)))
    }
    loss.set(0, total * scale)
  }
}

/** log(1 + eˣ) without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
}

function logistic(x: number): number {
  const power = Math.exp(-Math.abs(x))
  return (x >= 0 ? 1 : power) / (1 + power)
}
