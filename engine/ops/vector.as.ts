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

/**
 * Loops in which speed counts go over pairs of whole vectors first: V8's revectoriser makes one 256-bit vector of a pair when both
 * halves are worked on alike, all loads come before the stores, and the halves are stored one right after the other. Such a loop is
 * written once, for pairs, and used with three widths, floats a turn: 8, 4 and 1. In the narrower ones the second half is a zero that
 * goes nowhere and is optimised away.
 */
// @ts-ignore: decorator
@inline
export function loadFirst(address: usize, width: i32): v128 {
  return width === 1 ? v128.load32_zero(address) : v128.load(address)
}

// @ts-ignore: decorator
@inline
export function loadSecond(address: usize, width: i32): v128 {
  return width === 8 ? v128.load(address, 16) : f32x4.splat(0)
}

// @ts-ignore: decorator
@inline
export function storeBoth(address: usize, first: v128, second: v128, width: i32): void {
  if (width === 1) v128.store32_lane(address, first, 0)
  else v128.store(address, first)
  if (width === 8) v128.store(address, second, 16)
}

/** Bytes of `count` floats that pairs of whole vectors cover. */
// @ts-ignore: decorator
@inline
export function pairBytes(count: i32): usize {
  return <usize>(count & ~7) << 2
}

// @ts-ignore: decorator
@inline
function clearPart(target: usize, at: usize, end: usize, width: i32): void {
  const zero = f32x4.splat(0)
  for (; at < end; at += width << 2) storeBoth(target + at, zero, zero, width)
}

export function clear(target: usize, count: i32): void {
  const pairs = pairBytes(count)
  const whole = wholeBytes(count)
  clearPart(target, 0, pairs, 8)
  clearPart(target, pairs, whole, 4)
  clearPart(target, whole, <usize>count << 2, 1)
}

// @ts-ignore: decorator
@inline
function copyPart(target: usize, source: usize, at: usize, end: usize, width: i32): void {
  for (; at < end; at += width << 2) {
    const first = loadFirst(source + at, width)
    const second = loadSecond(source + at, width)
    storeBoth(target + at, first, second, width)
  }
}

export function copy(target: usize, source: usize, count: i32): void {
  const pairs = pairBytes(count)
  const whole = wholeBytes(count)
  copyPart(target, source, 0, pairs, 8)
  copyPart(target, source, pairs, whole, 4)
  copyPart(target, source, whole, <usize>count << 2, 1)
}

// @ts-ignore: decorator
@inline
function addPart(target: usize, a: usize, b: usize, at: usize, end: usize, width: i32): void {
  for (; at < end; at += width << 2) {
    const first = f32x4.add(loadFirst(a + at, width), loadFirst(b + at, width))
    const second = f32x4.add(loadSecond(a + at, width), loadSecond(b + at, width))
    storeBoth(target + at, first, second, width)
  }
}

/** target = a + b, element by element; target may be a or b. */
export function addVectors(target: usize, a: usize, b: usize, count: i32): void {
  const pairs = pairBytes(count)
  const whole = wholeBytes(count)
  addPart(target, a, b, 0, pairs, 8)
  addPart(target, a, b, pairs, whole, 4)
  addPart(target, a, b, whole, <usize>count << 2, 1)
}

// @ts-ignore: decorator
@inline
function addProductsPart(target: usize, a: usize, b: usize, at: usize, end: usize, width: i32): void {
  for (; at < end; at += width << 2) {
    const sum = loadFirst(target + at, width)
    const sum2 = loadSecond(target + at, width)
    const first = multiplyAdd(loadFirst(a + at, width), loadFirst(b + at, width), sum)
    const second = multiplyAdd(loadSecond(a + at, width), loadSecond(b + at, width), sum2)
    storeBoth(target + at, first, second, width)
  }
}

/** target += a · b, element by element. */
export function addProducts(target: usize, a: usize, b: usize, count: i32): void {
  const pairs = pairBytes(count)
  const whole = wholeBytes(count)
  addProductsPart(target, a, b, 0, pairs, 8)
  addProductsPart(target, a, b, pairs, whole, 4)
  addProductsPart(target, a, b, whole, <usize>count << 2, 1)
}

// @ts-ignore: decorator
@inline
function scalePart(source: usize, target: usize, at: usize, end: usize, factor: v128, width: i32): void {
  for (; at < end; at += width << 2) {
    const first = f32x4.mul(loadFirst(source + at, width), factor)
    const second = f32x4.mul(loadSecond(source + at, width), factor)
    storeBoth(target + at, first, second, width)
  }
}

/** target = source × factor, element by element; target may be source. */
export function scaleVector(source: usize, target: usize, count: i32, factor: f32): void {
  const factors = f32x4.splat(factor)
  const pairs = pairBytes(count)
  const whole = wholeBytes(count)
  scalePart(source, target, 0, pairs, factors, 8)
  scalePart(source, target, pairs, whole, factors, 4)
  scalePart(source, target, whole, <usize>count << 2, factors, 1)
}

/** The largest of the numbers from `row` to `end`, at least one. */
// @ts-ignore: decorator
@inline
export function largest(row: usize, end: usize): f32 {
  let most = load<f32>(row)
  if (row + 32 <= end) {
    let mosts = v128.load(row)
    let others = v128.load(row, 16)
    for (row += 32; row + 32 <= end; row += 32) {
      mosts = f32x4.pmax(mosts, v128.load(row))
      others = f32x4.pmax(others, v128.load(row, 16))
    }
    // The last eight may be looked at twice.
    mosts = f32x4.pmax(mosts, v128.load(end - 16))
    others = f32x4.pmax(others, v128.load(end - 32))
    mosts = f32x4.pmax(mosts, others)
    mosts = f32x4.pmax(mosts, v128.shuffle<f32>(mosts, mosts, 2, 3, 0, 1))
    return max(f32x4.extract_lane(mosts, 0), f32x4.extract_lane(mosts, 1))
  }
  for (; row < end; row += 4) most = max(most, load<f32>(row))
  return most
}

/** Sum of the four lanes in a fixed order. */
// @ts-ignore: decorator
@inline
export function sumLanes(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  )
}
