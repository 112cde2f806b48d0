import { clear } from '../vector.as'

/** First float of the step that place `k` of a window at step `t` sees; 0: it lies before the first. */
// @ts-ignore: decorator
@inline
function seen(x: usize, t: i32, k: i32, size: i32, dilation: i32, row: i32, batch: i32, features: i32): usize {
  const step = t - (size - 1 - k) * dilation
  return step < 0 ? 0 : x + (<usize>((step * batch + row) * features) << 2)
}

/** y [T, B, I·K]: the windows of x [T, B, I]. */
export function causalWindow(
  x: usize,
  lengths: usize,
  y: usize,
  time: i32,
  batch: i32,
  features: i32,
  size: i32,
  dilation: i32,
): void {
  const width = features * size
  const stride = <usize>size << 2
  for (let t = 0; t < time; t++) {
    for (let row = 0; row < batch; row++) {
      clear(y, width)
      if (t < load<i32>(lengths + (<usize>row << 2))) {
        for (let k = 0; k < size; k++) {
          let source = seen(x, t, k, size, dilation, row, batch, features)
          if (source === 0) continue
          const end = source + (<usize>features << 2)
          for (let target = y + (<usize>k << 2); source < end; source += 4) {
            store<f32>(target, load<f32>(source))
            target += stride
          }
        }
      }
      y += <usize>width << 2
    }
  }
}

/** dx [T, B, I] from dy [T, B, I·K], added in the order of time. */
export function causalWindowGradient(
  dy: usize,
  lengths: usize,
  dx: usize,
  time: i32,
  batch: i32,
  features: i32,
  size: i32,
  dilation: i32,
): void {
  const width = features * size
  const stride = <usize>size << 2
  clear(dx, time * batch * features)
  for (let t = 0; t < time; t++) {
    for (let row = 0; row < batch; row++) {
      if (t < load<i32>(lengths + (<usize>row << 2))) {
        for (let k = 0; k < size; k++) {
          let target = seen(dx, t, k, size, dilation, row, batch, features)
          if (target === 0) continue
          const end = target + (<usize>features << 2)
          for (let source = dy + (<usize>k << 2); target < end; target += 4) {
            store<f32>(target, load<f32>(target) + load<f32>(source))
            source += stride
          }
        }
      }
      dy += <usize>width << 2
    }
  }
}
