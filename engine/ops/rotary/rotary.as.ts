import { copy } from '../vector.as'

/** Two pairs of x turned by two pairs (sine, cosine) of waves; `direction` is −1, 1, −1, 1 or the other way round. */
// @ts-ignore: decorator
@inline
function turned(x: v128, waves: v128, direction: v128): v128 {
  const cosine = v128.shuffle<f32>(waves, waves, 1, 1, 3, 3)
  const sine = f32x4.mul(direction, v128.shuffle<f32>(waves, waves, 0, 0, 2, 2))
  const swapped = v128.shuffle<f32>(x, x, 1, 0, 3, 2)
  return f32x4.add(f32x4.mul(x, cosine), f32x4.mul(swapped, sine))
}

/** y [T, B, F]: the first `columns` columns of x turned, heads of `depth`; y may be x. */
export function rotary(
  x: usize,
  waves: usize,
  y: usize,
  time: i32,
  batch: i32,
  features: i32,
  columns: i32,
  depth: i32,
  back: i32,
): void {
  const sign: f32 = back ? 1 : -1
  const direction = f32x4.replace_lane(f32x4.replace_lane(f32x4.splat(-sign), 0, sign), 2, sign)
  const head = <usize>depth << 2
  const whole = <usize>(depth & ~3) << 2
  for (let t = 0; t < time; t++) {
    for (let row = 0; row < batch; row++) {
      for (let first = 0; first < columns; first += depth) {
        for (let at: usize = 0; at < whole; at += 16) {
          v128.store(y + at, turned(v128.load(x + at), v128.load(waves + at), direction))
        }
        // Heads have an even size: one pair may be left.
        if (whole < head) {
          const pair = turned(v128.load64_zero(x + whole), v128.load64_zero(waves + whole), direction)
          v128.store64_lane(y + whole, pair, 0)
        }
        x += head
        y += head
      }
      const rest = features - columns
      if (x !== y) copy(y, x, rest)
      x += <usize>rest << 2
      y += <usize>rest << 2
    }
    waves += head
  }
}
