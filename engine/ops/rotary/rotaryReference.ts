import type { KernelFactory } from '../kernel'
import { dimOf, inputMatrix, inputSpan, outputMatrix } from '../kernelViews'
import { turnOf } from './rotary'

export const rotaryReference: KernelFactory = (call) => {
  const x = inputMatrix(call, 0) // [T·B, F]
  const waves = inputMatrix(call, 1) // [T, D]
  const y = outputMatrix(call, 0) // [T·B, F]; may lie over x
  const batch = dimOf(inputSpan(call, 0), 1)
  const { columns, back } = turnOf(call.attributes)
  return () => {
    for (let at = 0; at < y.rows; at++) {
      const step = Math.floor(at / batch)
      for (let column = 0; column < columns; column += 2) {
        const place = column % waves.columns
        const sine = back ? -waves.at(step, place) : waves.at(step, place)
        const cosine = waves.at(step, place + 1)
        const [a, b] = [x.at(at, column), x.at(at, column + 1)]
        y.set(at, column, a * cosine - b * sine)
        y.set(at, column + 1, a * sine + b * cosine)
      }
      for (let column = columns; column < y.columns; column++) y.set(at, column, x.at(at, column))
    }
  }
}
