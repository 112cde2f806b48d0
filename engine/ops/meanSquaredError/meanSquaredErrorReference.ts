import type { KernelFactory } from '../kernel'
import { inputFloats, inputMatrix, outputFloats } from '../kernelViews'

export const meanSquaredErrorReference: KernelFactory = (call) => {
  const prediction = inputFloats(call, 0) // [B, O]
  const target = inputFloats(call, 1) // [B, O]
  const lossScale = inputFloats(call, 2)
  const loss = outputFloats(call, 0)
  const dPrediction = outputFloats(call, 1) // [B, O]
  const { columns } = inputMatrix(call, 0)
  return () => {
    const scale = lossScale.at(0) / columns
    let sum = 0
    for (let index = 0; index < prediction.size; index++) {
      const difference = prediction.at(index) - target.at(index)
      sum += difference * difference
      dPrediction.set(index, 2 * scale * difference)
    }
    loss.set(0, sum * scale)
  }
}
