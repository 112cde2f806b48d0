import type { KernelFactory } from '../kernel'
import { bindRecurrence, bindRecurrenceGradient } from './recurrenceReference'

export const gatedRecurrenceReference: KernelFactory = (call) => {
  const { sequence, walk, before, keepLast } = bindRecurrence(call, 3)
  const [z, c] = [sequence(0), sequence(1)]
  const { y } = walk
  return () => {
    for (let row = 0; row < y.rows; row++) {
      for (let unit = 0; unit < y.columns; unit++) {
        const past = before(row, unit)
        const gate = z.at(row, unit)
        y.set(row, unit, walk.isValid(row) ? (1 - gate) * past + gate * c.at(row, unit) : 0)
      }
    }
    keepLast()
  }
}

export const gatedRecurrenceGradientReference: KernelFactory = (call) => {
  const { sequence, walk, before, dyAt, dState, begin, finish, output } = bindRecurrenceGradient(call, 2)
  const [z, c] = [sequence(0), sequence(1)]
  const [dz, dc] = [output(0), output(1)] // may lie over z and c
  const { batch } = walk
  return () => {
    begin()
    for (let row = z.rows - 1; row >= 0; row--) {
      const valid = walk.isValid(row)
      for (let unit = 0; unit < z.columns; unit++) {
        const d = dyAt(row, unit) + dState.at(row % batch, unit)
        const [gate, candidate] = [z.at(row, unit), c.at(row, unit)]
        dz.set(row, unit, valid ? d * (candidate - before(row, unit)) : 0)
        dc.set(row, unit, valid ? d * gate : 0)
        if (valid) dState.set(row % batch, unit, d * (1 - gate))
      }
    }
    finish()
  }
}
