import { addVectors, clear, copy } from '../vector.as'

/** y [T, B, F] = x [B, F] at every valid step. */
export function repeatOverTime(x: usize, lengths: usize, y: usize, time: i32, batch: i32, features: i32): void {
  const stride = <usize>features << 2
  for (let t = 0; t < time; t++) {
    for (let row = 0; row < batch; row++) {
      if (t < load<i32>(lengths + (<usize>row << 2))) copy(y, x + <usize>row * stride, features)
      else clear(y, features)
      y += stride
    }
  }
}

/** dx [B, F] = dy [T, B, F] summed over the valid steps. */
export function repeatOverTimeGradient(
  dy: usize,
  lengths: usize,
  dx: usize,
  time: i32,
  batch: i32,
  features: i32,
): void {
  const stride = <usize>features << 2
  clear(dx, batch * features)
  for (let t = 0; t < time; t++) {
    for (let row = 0; row < batch; row++) {
      const target = dx + <usize>row * stride
      if (t < load<i32>(lengths + (<usize>row << 2))) addVectors(target, target, dy, features)
      dy += stride
    }
  }
}
