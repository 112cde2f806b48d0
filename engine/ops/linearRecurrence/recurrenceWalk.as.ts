// What linear recurrences share: sequences [T, B, F], walked in vectors over F, one time step after the other.
import { isValid } from '../recurrent/recurrent.as'
import { clear, copy } from '../vector.as'

/** What stands before step t of a row, `at` bytes into the sequence: the step before, the row's start, or zeros. */
// @ts-ignore: decorator
@inline
export function rowBefore(sequence: usize, at: usize, step: usize, initial: usize, within: usize, t: i32, zeros: usize): usize {
  if (t > 0) return sequence + at - step
  return initial !== 0 ? initial + within : zeros
}

/** Time steps of a row. */
// @ts-ignore: decorator
@inline
export function lengthOf(lengths: usize, row: i32): i32 {
  return load<i32>(lengths + (<usize>row << 2))
}

/** last [B, F] = y at each row's last valid step; of an empty row what it began with. */
export function keepLast(last: usize, y: usize, lengths: usize, initial: usize, zeros: usize, batch: i32, features: i32): void {
  const stride = <usize>features << 2
  const step = <usize>batch * stride
  for (let row = 0; row < batch; row++) {
    const within = <usize>row * stride
    const t = lengthOf(lengths, row)
    copy(last + within, rowBefore(y, <usize>t * step + within, step, initial, within, t, zeros), features)
  }
}

/** dStates [B, F] of the last step: what the last states ask for, or nothing. */
export function beginStates(dStates: usize, dLast: usize, count: i32): void {
  if (dLast !== 0) copy(dStates, dLast, count)
  else clear(dStates, count)
}

export { isValid }
