import { loadFirst, loadSecond, pairBytes, storeBoth, wholeBytes } from '../vector.as'

// @ts-ignore: decorator
@inline
function part(target: usize, a: usize, b: usize, at: usize, end: usize, width: i32): void {
  for (; at < end; at += width << 2) {
    const first = f32x4.mul(loadFirst(a + at, width), loadFirst(b + at, width))
    const second = f32x4.mul(loadSecond(a + at, width), loadSecond(b + at, width))
    storeBoth(target + at, first, second, width)
  }
}

/** target = a · b, element by element. */
export function multiplyVectors(target: usize, a: usize, b: usize, count: i32): void {
  const pairs = pairBytes(count)
  const whole = wholeBytes(count)
  part(target, a, b, 0, pairs, 8)
  part(target, a, b, pairs, whole, 4)
  part(target, a, b, whole, <usize>count << 2, 1)
}
