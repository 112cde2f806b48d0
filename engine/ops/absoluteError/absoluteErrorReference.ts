import { huberOf } from '../../base/huber'
import type { KernelCall, KernelFactory } from '../kernel'
import { inputFloats, inputMatrix, outputFloats } from '../kernelViews'

export const meanAbsoluteErrorReference: KernelFactory = (call) => bindLoss(call, Math.abs, Math.sign)

export const huberReference: KernelFactory = (call) =>
  bindLoss(call, huberOf, (difference) => Math.max(-1, Math.min(1, difference)))

/** @param slope derivative of `loss` by the difference */
function bindLoss(
  call: KernelCall,
  loss: (difference: number) => number,
  slope: (difference: number) => number,
): () => void {
  const prediction = inputFloats(call, 0) // [B, O]
  const target = inputFloats(call, 1) // [B, O]
  const lossScale = inputFloats(call, 2)
  const total = outputFloats(call, 0)
  const dPrediction = outputFloats(call, 1) // [B, O]
  const { columns } = inputMatrix(call, 0)
  return () => {
    const scale = lossScale.at(0) / columns
    let sum = 0
    for (let index = 0; index < prediction.size; index++) {
      const difference = prediction.at(index) - target.at(index)
      sum += loss(difference)
      dPrediction.set(index, scale * slope(difference))
    }
    total.set(0, sum * scale)
  }
}
