import type { KernelFactory } from '../kernel'
import {
  dimOf,
  inputFloats,
  inputIntegers,
  inputMatrix,
  inputSpan,
  outputFloats,
  outputMatrix,
  outputSpan,
} from '../kernelViews'

export const maxOverTimeReference: KernelFactory = (call) => {
  const x = inputMatrix(call, 0) // [T·B, F]
  const lengths = inputIntegers(call, 1) // [B]
  const y = outputMatrix(call, 0) // [B, F]
  const { offset } = outputSpan(call, 1) // [B, F]
  const steps = call.memory.i
  const batch = dimOf(inputSpan(call, 0), 1)
  return () => {
    for (let row = 0; row < batch; row++) {
      for (let column = 0; column < y.columns; column++) {
        let best = 0
        let where = -1
        for (let t = 0; t < lengths.at(row); t++) {
          const value = x.at(t * batch + row, column)
          if (t > 0 && value <= best) continue
          // A best that is not a number stays: no comparison with it holds, so it is asked for by name.
          if (t > 0 && Number.isNaN(best)) continue
          best = value
          where = t
        }
        y.set(row, column, best)
        steps[offset + row * y.columns + column] = where
      }
    }
  }
}

export const maxOverTimeGradientReference: KernelFactory = (call) => {
  const dy = inputFloats(call, 0) // [B, F]
  const steps = inputIntegers(call, 1) // [B, F]
  const dx = outputFloats(call, 0) // [T, B, F]
  return () => {
    dx.fill(0)
    for (let place = 0; place < dy.size; place++) {
      const t = steps.at(place)
      if (t >= 0) dx.set(t * dy.size + place, dy.at(place))
    }
  }
}
