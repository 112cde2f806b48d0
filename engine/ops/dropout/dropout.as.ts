// The same bits as mask.ts.
import { loadPart, partSize, storePart, wholeBytes } from '../vector.as'

function mix(value: i32): i32 {
  let x = <u32>value
  x = (x ^ (x >>> 16)) * 0x7feb352d
  x = (x ^ (x >>> 15)) * 0x846ca68b
  return <i32>(x ^ (x >>> 16))
}

// @ts-ignore: decorator
@inline
function mixLanes(value: v128): v128 {
  let x = v128.xor(value, i32x4.shr_u(value, 16))
  x = i32x4.mul(x, i32x4.splat(0x7feb352d))
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(<i32>0x846ca68b))
  return v128.xor(x, i32x4.shr_u(x, 16))
}

// @ts-ignore: decorator
@inline
function dropPart(
  x: usize,
  y: usize,
  end: usize,
  index: i32,
  firstKey: i32,
  secondKey: i32,
  threshold: i32,
  scale: f32,
  whole: bool,
): void {
  let indices = i32x4.add(i32x4.splat(index), i32x4(0, 1, 2, 3))
  while (x < end) {
    const hashed = mixLanes(v128.xor(mixLanes(v128.xor(indices, i32x4.splat(firstKey))), i32x4.splat(secondKey)))
    const dropped = i32x4.lt_s(i32x4.shr_u(hashed, 8), i32x4.splat(threshold))
    storePart(y, v128.andnot(f32x4.mul(loadPart(x, whole), f32x4.splat(scale)), dropped), whole)
    indices = i32x4.add(indices, i32x4.splat(<i32>(partSize(whole) >> 2)))
    x += partSize(whole)
    y += partSize(whole)
  }
}

/** The two keys of one dropout in one step; seed: i32 [2]. */
export function firstMaskKey(seed: usize, stream: i32): i32 {
  return mix(load<i32>(seed) ^ mix(stream + <i32>0x9e3779b9))
}

export function secondMaskKey(seed: usize, firstKey: i32): i32 {
  return mix(firstKey ^ mix(load<i32>(seed, 4) + <i32>0x85ebca6b))
}

/** `count` elements from element `index` of a tensor on; y may be x. */
export function dropElements(
  x: usize,
  y: usize,
  count: i32,
  index: i32,
  firstKey: i32,
  secondKey: i32,
  threshold: i32,
  scale: f32,
): void {
  const w = wholeBytes(count)
  dropPart(x, y, x + w, index, firstKey, secondKey, threshold, scale, true)
  dropPart(x + w, y + w, x + (<usize>count << 2), index + (count & ~3), firstKey, secondKey, threshold, scale, false)
}

/** seed: i32 [2]. Elements whose 24 random bits are below `threshold` become 0, the others are multiplied by `scale`. */
export function dropout(
  x: usize,
  seed: usize,
  y: usize,
  count: i32,
  stream: i32,
  threshold: i32,
  scale: f32,
): void {
  const firstKey = firstMaskKey(seed, stream)
  dropElements(x, y, count, 0, firstKey, secondMaskKey(seed, firstKey), threshold, scale)
}
