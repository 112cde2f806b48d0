// What scans over time share. Time is cut into blocks of four chunks that are computed side by side: each chunk first runs from zero,
// to see what it adds and what it leaves of its beginning; the beginnings then follow from one chunk to the next; and each chunk runs
// again from its true beginning. Blelloch 1990, "Prefix sums and their applications"; Martin & Cundy 2018, "Parallelizing linear
// recurrent neural nets over sequence length". Four steps that do not wait for each other cost twice the work and still less time
// than one walk, as long as a step alone does not keep the processor busy. Blocks have a fixed length and a row's rest is walked, so
// that no digit depends on how far the batch is padded or on the threads.

/** Time steps of a chunk, no power of two: chunks would lie in the same places of the cache. */
export const CHUNK: i32 = 20
/** Time steps of a block. */
export const BLOCK: i32 = 4 * CHUNK

/**
 * Is a scan faster than a walk? A unit is what is scanned at once: four features, or one alone. Measured over 1040 steps, times as
 * fast, forward and back: one unit 4.3 and 2.4 with 1 row, 2 and 1.1 with 8; two units 2.2 and 1.4 with 1 row, 0.9 and 0.8 with 2.
 */
// @ts-ignore: decorator
@inline
export function gatedScanPays(batch: i32, features: i32): bool {
  const units = unitsOf(features)
  return units === 1 ? batch <= 8 : units === 2 && batch === 1
}

/** Of whole vectors of pairs: four pairs 3 and 2.2 times as fast, eight 2 and 1.5, sixteen 1.1 and 0.8; slower once steps are far apart. */
// @ts-ignore: decorator
@inline
export function complexScanPays(batch: i32, pairs: i32): bool {
  return (pairs & 3) === 0 && pairs <= 8 && batch * pairs <= 32
}

/** Units of `features` that stand beside each other. */
// @ts-ignore: decorator
@inline
function unitsOf(features: i32): i32 {
  return (features >> 2) + (features & 3)
}

/** Steps of `length` that whole blocks cover. */
// @ts-ignore: decorator
@inline
export function wholeBlocks(length: i32): i32 {
  return length - (length % BLOCK)
}

/** One feature at a step of each chunk, a chunk in each lane: fills vectors however few features there are. `chunk` in bytes. */
// @ts-ignore: decorator
@inline
export function gather(address: usize, chunk: usize): v128 {
  let lanes = v128.load32_zero(address)
  lanes = v128.load32_lane(address + chunk, lanes, 1)
  lanes = v128.load32_lane(address + 2 * chunk, lanes, 2)
  return v128.load32_lane(address + 3 * chunk, lanes, 3)
}

// @ts-ignore: decorator
@inline
export function scatter(address: usize, chunk: usize, lanes: v128): void {
  v128.store32_lane(address, lanes, 0)
  v128.store32_lane(address + chunk, lanes, 1)
  v128.store32_lane(address + 2 * chunk, lanes, 2)
  v128.store32_lane(address + 3 * chunk, lanes, 3)
}

/** Beginnings of four chunks from that of the first: each is what the chunk before adds and what it leaves of its own beginning. */
// @ts-ignore: decorator
@inline
export function carryForward(start: f32, added: v128, left: v128): v128 {
  const second = f32x4.extract_lane(added, 0) + f32x4.extract_lane(left, 0) * start
  const third = f32x4.extract_lane(added, 1) + f32x4.extract_lane(left, 1) * second
  const fourth = f32x4.extract_lane(added, 2) + f32x4.extract_lane(left, 2) * third
  return f32x4(start, second, third, fourth)
}

/** The same from the last chunk back. */
// @ts-ignore: decorator
@inline
export function carryBack(start: f32, added: v128, left: v128): v128 {
  const third = f32x4.extract_lane(added, 3) + f32x4.extract_lane(left, 3) * start
  const second = f32x4.extract_lane(added, 2) + f32x4.extract_lane(left, 2) * third
  const first = f32x4.extract_lane(added, 1) + f32x4.extract_lane(left, 1) * second
  return f32x4(first, second, third, start)
}
