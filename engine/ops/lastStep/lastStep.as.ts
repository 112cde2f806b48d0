import { clear, copy } from '../vector.as'

/** y [B, F] = x [T, B, F] at each example's last valid step, 0 without one. */
export function lastStep(x: usize, lengths: usize, y: usize, batch: i32, features: i32): void {
  const stride = <usize>features << 2
  for (let row = 0; row < batch; row++) {
    const last = load<i32>(lengths + (<usize>row << 2)) - 1
    if (last < 0) clear(y, features)
    else copy(y, x + <usize>(last * batch + row) * stride, features)
    y += stride
  }
}

/** dx [T, B, F]: dy [B, F] at the last valid step, 0 elsewhere. */
export function lastStepGradient(dy: usize, lengths: usize, dx: usize, time: i32, batch: i32, features: i32): void {
  const stride = <usize>features << 2
  clear(dx, time * batch * features)
  for (let row = 0; row < batch; row++) {
    const last = load<i32>(lengths + (<usize>row << 2)) - 1
    if (last >= 0) copy(dx + <usize>(last * batch + row) * stride, dy, features)
    dy += stride
  }
}
