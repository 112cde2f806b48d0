import { loadPart, partSize, storePart, wholeBytes } from '../vector.as'

// @ts-ignore: decorator
@inline
function part(target: usize, a: usize, b: usize, end: usize, whole: bool): void {
  while (a < end) {
    storePart(target, f32x4.mul(loadPart(a, whole), loadPart(b, whole)), whole)
    target += partSize(whole)
    a += partSize(whole)
    b += partSize(whole)
  }
}

/** target = a · b, element by element. */
export function multiplyVectors(target: usize, a: usize, b: usize, count: i32): void {
  const whole = wholeBytes(count)
  part(target, a, b, a + whole, true)
  part(target + whole, a + whole, b + whole, a + (<usize>count << 2), false)
}
