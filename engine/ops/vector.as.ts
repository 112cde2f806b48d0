// Small vector building blocks of all kernels. Pointers are bytes; floats are 4 bytes.

/** a · b + c: one rounding in the relaxed build (fused), two in the plain one. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c)
}

/** c − a · b */
// @ts-ignore: decorator
@inline
export function multiplySubtract(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_nmadd(a, b, c) : f32x4.sub(c, f32x4.mul(a, b))
}

/**
 * Element-wise loops run over whole vectors and then over the rest one element at a time with the same code, so that a number does
 * not depend on its place: `whole` is a constant that chooses between the two.
 */
// @ts-ignore: decorator
@inline
export function loadPart(address: usize, whole: bool): v128 {
  return whole ? v128.load(address) : v128.load32_zero(address)
}

// @ts-ignore: decorator
@inline
export function storePart(address: usize, value: v128, whole: bool): void {
  if (whole) v128.store(address, value)
  else v128.store32_lane(address, value, 0)
}

/** Bytes that one turn of such a loop covers. */
// @ts-ignore: decorator
@inline
export function partSize(whole: bool): usize {
  return whole ? 16 : 4
}

/** Bytes of `count` floats that whole vectors cover. */
// @ts-ignore: decorator
@inline
export function wholeBytes(count: i32): usize {
  return <usize>(count & ~3) << 2
}

export function clear(target: usize, count: i32): void {
  const zero = f32x4.splat(0)
  const vectors = target + wholeBytes(count)
  const end = target + (<usize>count << 2)
  while (target < vectors) {
    v128.store(target, zero)
    target += 16
  }
  while (target < end) {
    store<f32>(target, 0)
    target += 4
  }
}

export function copy(target: usize, source: usize, count: i32): void {
  const vectors = source + wholeBytes(count)
  const end = source + (<usize>count << 2)
  while (source < vectors) {
    v128.store(target, v128.load(source))
    target += 16
    source += 16
  }
  while (source < end) {
    store<f32>(target, load<f32>(source))
    target += 4
    source += 4
  }
}

/** target = a + b, element by element; target may be a or b. */
export function addVectors(target: usize, a: usize, b: usize, count: i32): void {
  const vectors = a + wholeBytes(count)
  const end = a + (<usize>count << 2)
  while (a < vectors) {
    v128.store(target, f32x4.add(v128.load(a), v128.load(b)))
    target += 16
    a += 16
    b += 16
  }
  while (a < end) {
    store<f32>(target, load<f32>(a) + load<f32>(b))
    target += 4
    a += 4
    b += 4
  }
}

/** Sum of the four lanes in a fixed order. */
// @ts-ignore: decorator
@inline
export function sumLanes(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  )
}
