import { clear, copy } from '../vector.as'

/** y [T, B, F]: the valid steps of each row of x in reverse order, 0 past them. */
export function reverse(x: usize, lengths: usize, y: usize, time: i32, batch: i32, features: i32): void {
  const stride = <usize>features << 2
  for (let t = 0; t < time; t++) {
    for (let row = 0; row < batch; row++) {
      const from = load<i32>(lengths + (<usize>row << 2)) - 1 - t
      if (from < 0) clear(y, features)
      else copy(y, x + <usize>(from * batch + row) * stride, features)
      y += stride
    }
  }
}
