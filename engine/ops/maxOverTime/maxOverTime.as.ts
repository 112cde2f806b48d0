import { clear, copy, loadPart, partSize, storePart, wholeBytes } from '../vector.as'

/** Where x is larger than the best so far, or not a number: x and step t instead. */
// @ts-ignore: decorator
@inline
function takeLarger(x: usize, best: usize, steps: usize, end: usize, t: i32, whole: bool): void {
  const now = i32x4.splat(t)
  while (best < end) {
    const value = loadPart(x, whole)
    const before = loadPart(best, whole)
    const known = f32x4.eq(before, before)
    const larger = v128.and(known, v128.not(f32x4.le(value, before)))
    storePart(best, v128.bitselect(value, before, larger), whole)
    storePart(steps, v128.bitselect(now, loadPart(steps, whole), larger), whole)
    x += partSize(whole)
    best += partSize(whole)
    steps += partSize(whole)
  }
}

/** y [B, F]: the largest of x [T, B, F] over the valid steps; steps i32 [B, F]: where it stands. */
export function maxOverTime(x: usize, lengths: usize, y: usize, steps: usize, batch: i32, features: i32): void {
  const stride = <usize>features << 2
  const whole = wholeBytes(features)
  for (let row = 0; row < batch; row++) {
    const length = load<i32>(lengths + (<usize>row << 2))
    if (length > 0) copy(y, x, features)
    else clear(y, features)
    memory.fill(steps, length > 0 ? 0 : 0xff, stride)
    for (let t = 1; t < length; t++) {
      const from = x + <usize>t * stride * batch
      takeLarger(from, y, steps, y + whole, t, true)
      takeLarger(from + whole, y + whole, steps + whole, y + stride, t, false)
    }
    x += stride
    y += stride
    steps += stride
  }
}

/** dx [T, B, F]: dy [B, F] where steps say, 0 elsewhere. */
export function maxOverTimeGradient(dy: usize, steps: usize, dx: usize, time: i32, batch: i32, features: i32): void {
  const size = <usize>(batch * features) << 2
  clear(dx, time * batch * features)
  for (let place: usize = 0; place < size; place += 4) {
    const t = load<i32>(steps + place)
    if (t >= 0) store<f32>(dx + <usize>t * size + place, load<f32>(dy + place))
  }
}
