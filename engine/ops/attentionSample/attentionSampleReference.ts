import type { KernelFactory } from '../kernel'
import { dimOf, inputFloats, inputIntegers, inputSpan, outputFloats } from '../kernelViews'
import { MAP_STEPS } from './attentionSample'

/** Of one example only, and only where telemetry is wanted: no other kernel is needed. */
export const attentionSampleReference: KernelFactory = (call) => {
  const weights = inputFloats(call, 0) // [B, N, T, T]
  const lengths = inputIntegers(call, 1) // [B]
  const map = outputFloats(call, 0) // [S, S]
  const [heads, time] = [dimOf(inputSpan(call, 0), 1), dimOf(inputSpan(call, 0), 2)]
  return () => {
    map.fill(-1)
    const steps = Math.min(lengths.at(0), MAP_STEPS)
    for (let row = 0; row < steps; row++) {
      for (let column = 0; column < steps; column++) {
        let sum = 0
        for (let head = 0; head < heads; head++) sum += weights.at((head * time + row) * time + column)
        map.set(row * MAP_STEPS + column, sum / heads)
      }
    }
  }
}
