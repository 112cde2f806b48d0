import type { KernelFactory } from '../kernel'
import { inputFloats, outputFloats } from '../kernelViews'

export const quantileLossReference: KernelFactory = (call) => {
  const prediction = inputFloats(call, 0) // [B, O·Q]
  const target = inputFloats(call, 1) // [B, O]
  const lossScale = inputFloats(call, 2)
  const quantiles = inputFloats(call, 3) // [Q]
  const loss = outputFloats(call, 0)
  const dPrediction = outputFloats(call, 1) // [B, O·Q]; may lie over prediction
  const columns = call.inputs[0]?.dims[1] ?? 1
  return () => {
    const scale = lossScale.at(0) / columns
    let sum = 0
    for (let index = 0; index < prediction.size; index++) {
      const quantile = quantiles.at(index % quantiles.size)
      const miss = target.at(Math.floor(index / quantiles.size)) - prediction.at(index)
      sum += miss > 0 ? quantile * miss : (quantile - 1) * miss
      dPrediction.set(index, miss === 0 ? 0 : scale * (miss > 0 ? -quantile : 1 - quantile))
    }
    loss.set(0, sum * scale)
  }
}
