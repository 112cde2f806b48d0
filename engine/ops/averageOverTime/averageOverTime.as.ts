import { addVectors, clear, scaleVector } from '../vector.as'

/** y [B, F] = mean of x [T, B, F] over the valid steps. */
export function averageOverTime(x: usize, lengths: usize, y: usize, batch: i32, features: i32): void {
  const stride = <usize>features << 2
  const stepSize = stride * batch
  for (let row = 0; row < batch; row++) {
    const length = load<i32>(lengths)
    clear(y, features)
    for (let t = 0; t < length; t++) addVectors(y, y, x + <usize>t * stepSize, features)
    scaleVector(y, y, features, 1 / <f32>max(1, length))
    lengths += 4
    x += stride
    y += stride
  }
}

/** dx [T, B, F] = dy [B, F] / length at the valid steps, 0 past them. */
export function averageOverTimeGradient(
  dy: usize,
  lengths: usize,
  dx: usize,
  time: i32,
  batch: i32,
  features: i32,
): void {
  const stride = <usize>features << 2
  for (let t = 0; t < time; t++) {
    for (let row = 0; row < batch; row++) {
      const length = load<i32>(lengths + (<usize>row << 2))
      if (t < length) scaleVector(dy + <usize>row * stride, dx, features, 1 / <f32>length)
      else clear(dx, features)
      dx += stride
    }
  }
}
