// Layer normalisation of the products with x and with the state before they meet the gates (Ba, Kiros & Hinton 2016). `normal`
// [T, B, 2·wide] holds both side by side, `scales` [T, B, 2·groups] their 1 / √(variance + ε). The gru normalises two groups of its
// gates apart, the others all of them together.
import { EPSILON, squaresPart, sumPart } from '../layerNorm/layerNorm.as'
import { sumProductsInto } from '../product/weightGradient.as'
import { clear, copy, loadPart, multiplyAdd, partSize, storePart, sumLanes, wholeBytes } from '../vector.as'
import { bytes, isValid } from './recurrent.as'
import { RecurrentCall } from './recurrentCall.as'

/** Bytes from one row of `normal` to the next. */
// @ts-ignore: decorator
@inline
export function normalStride(c: RecurrentCall): usize {
  return bytes(2 * c.wide)
}

/** The state's half of step t in `sequence` (normal or dProducts). */
// @ts-ignore: decorator
@inline
export function stateHalf(c: RecurrentCall, sequence: usize, t: i32): usize {
  return sequence + <usize>(t * c.batch) * normalStride(c) + bytes(c.wide)
}

/** Every row of target [rows, columns], `stride` bytes apart, = the vector `source`. */
export function repeatRow(source: usize, columns: i32, target: usize, stride: usize, rows: i32): void {
  for (let row = 0; row < rows; row++) copy(target + <usize>row * stride, source, columns)
}

// @ts-ignore: decorator
@inline
function groups(c: RecurrentCall): i32 {
  return c.firstGroup < c.wide ? 2 : 1
}

// @ts-ignore: decorator
@inline
function groupStart(c: RecurrentCall, group: i32): usize {
  return group === 0 ? 0 : bytes(c.firstGroup)
}

// @ts-ignore: decorator
@inline
function groupSize(c: RecurrentCall, group: i32): i32 {
  return group === 0 ? c.firstGroup : c.wide - c.firstGroup
}

/** Where the scale of a group of the input's (side 0) or the state's (side 1) products stands, of row `row` of [T·B]. */
// @ts-ignore: decorator
@inline
function scaleAt(c: RecurrentCall, row: i32, side: i32, group: i32): usize {
  const count = groups(c)
  return c.scales + bytes(row * 2 * count + side * count + group)
}

// @ts-ignore: decorator
@inline
function normalisePart(
  products: usize,
  gain: usize,
  target: usize,
  start: usize,
  end: usize,
  mean: v128,
  scale: v128,
  whole: bool,
): void {
  for (let at = start; at < end; at += partSize(whole)) {
    const normal = f32x4.mul(f32x4.sub(loadPart(products + at, whole), mean), scale)
    storePart(products + at, normal, whole)
    storePart(target + at, multiplyAdd(normal, loadPart(gain + at, whole), loadPart(target + at, whole)), whole)
  }
}

/** Normalises `count` products in place and adds gain ⊙ that to target; returns the scale. */
function normalise(products: usize, gain: usize, target: usize, count: i32): f32 {
  const w = wholeBytes(count)
  const end = bytes(count)
  const whole = products + w
  const mean: f32 = (sumPart(products, whole, true) + sumPart(whole, products + end, false)) / <f32>count
  const means = f32x4.splat(mean)
  const squares: f32 =
    squaresPart(products, whole, means, true) + squaresPart(whole, products + end, means, false)
  const scale: f32 = 1 / sqrt<f32>(squares / <f32>count + EPSILON)
  const scales = f32x4.splat(scale)
  normalisePart(products, gain, target, 0, w, means, scales, true)
  normalisePart(products, gain, target, w, end, means, scales, false)
  return scale
}

/**
 * Of all rows of step t: a group of the state's products is normalised, and added with its gain to target, whose rows lie
 * `targetStride` apart and begin with the group. Past an example's length the norm is 0.
 */
export function addStateGroup(c: RecurrentCall, t: i32, group: i32, target: usize, targetStride: usize): void {
  const start = groupStart(c, group)
  const count = groupSize(c, group)
  let normal = stateHalf(c, c.normal, t) + start
  for (let row = 0; row < c.batch; row++) {
    let scale: f32 = 0
    if (isValid(c.lengths, row, t)) scale = normalise(normal, c.gainHh + start, target, count)
    else clear(normal, count)
    store<f32>(scaleAt(c, t * c.batch + row, 1, group), scale)
    normal += normalStride(c)
    target += targetStride
  }
}

/** The same for the products with x, all groups, of `rows` rows of [T·B] from `first` on; target rows are `wide`. */
export function addInputGroups(c: RecurrentCall, first: i32, rows: i32, target: usize): void {
  let normal = c.normal + <usize>first * normalStride(c)
  for (let row = first; row < first + rows; row++) {
    const valid = isValid(c.lengths, row % c.batch, row / c.batch)
    for (let group = 0; group < groups(c); group++) {
      const start = groupStart(c, group)
      const count = groupSize(c, group)
      let scale: f32 = 0
      if (valid) scale = normalise(normal + start, c.gainIh + start, target + start, count)
      else clear(normal + start, count)
      store<f32>(scaleAt(c, row, 0, group), scale)
    }
    normal += normalStride(c)
    target += bytes(c.wide)
  }
}

/** The sum of d ⊙ gain in lane 0, of d ⊙ gain ⊙ normal in lane 1. */
// @ts-ignore: decorator
@inline
function gatherPart(d: usize, gain: usize, normal: usize, start: usize, end: usize, whole: bool): v128 {
  let sum = f32x4.splat(0)
  let dot = f32x4.splat(0)
  for (let at = start; at < end; at += partSize(whole)) {
    const g = f32x4.mul(loadPart(d + at, whole), loadPart(gain + at, whole))
    sum = f32x4.add(sum, g)
    dot = multiplyAdd(g, loadPart(normal + at, whole), dot)
  }
  const total: f32 = whole ? sumLanes(sum) : f32x4.extract_lane(sum, 0)
  const product: f32 = whole ? sumLanes(dot) : f32x4.extract_lane(dot, 0)
  return f32x4.replace_lane(f32x4.splat(total), 1, product)
}

// @ts-ignore: decorator
@inline
function spreadPart(
  d: usize,
  gain: usize,
  normal: usize,
  target: usize,
  start: usize,
  end: usize,
  meanSlope: v128,
  meanDot: v128,
  scale: v128,
  whole: bool,
): void {
  for (let at = start; at < end; at += partSize(whole)) {
    const g = f32x4.mul(loadPart(d + at, whole), loadPart(gain + at, whole))
    const rest = f32x4.sub(f32x4.sub(g, meanSlope), f32x4.mul(loadPart(normal + at, whole), meanDot))
    storePart(target + at, f32x4.mul(rest, scale), whole)
  }
}

/** target = gradient of `count` products, from d, that of gain ⊙ normal: scale · (g − mean(g) − normal · mean(g ⊙ normal)). */
function throughNormal(d: usize, gain: usize, normal: usize, target: usize, count: i32, scale: f32): void {
  const w = wholeBytes(count)
  const end = bytes(count)
  const sums = f32x4.add(gatherPart(d, gain, normal, 0, w, true), gatherPart(d, gain, normal, w, end, false))
  const means = f32x4.div(sums, f32x4.splat(<f32>count))
  const slope = f32x4.splat(f32x4.extract_lane(means, 0))
  const dot = f32x4.splat(f32x4.extract_lane(means, 1))
  const scales = f32x4.splat(scale)
  spreadPart(d, gain, normal, target, 0, w, slope, dot, scales, true)
  spreadPart(d, gain, normal, target, w, end, slope, dot, scales, false)
}

/** dProducts of a group of step t's state products, from d, whose rows lie `dStride` apart and begin with the group. */
export function throughStateGroup(c: RecurrentCall, t: i32, group: i32, d: usize, dStride: usize): void {
  const start = groupStart(c, group)
  const count = groupSize(c, group)
  const normal = stateHalf(c, c.normal, t) + start
  const target = stateHalf(c, c.dProducts, t) + start
  for (let row = 0; row < c.batch; row++) {
    const within = <usize>row * normalStride(c)
    const scale = load<f32>(scaleAt(c, t * c.batch + row, 1, group))
    throughNormal(d + <usize>row * dStride, c.gainHh + start, normal + within, target + within, count, scale)
  }
}

/** dProducts of all products with x, from dGates [T, B, wide]. */
export function throughInputGroups(c: RecurrentCall, dGates: usize): void {
  const rows = c.time * c.batch
  for (let row = 0; row < rows; row++) {
    const d = dGates + <usize>row * bytes(c.wide)
    const within = <usize>row * normalStride(c)
    for (let group = 0; group < groups(c); group++) {
      const start = groupStart(c, group)
      const scale = load<f32>(scaleAt(c, row, 0, group))
      const normal = c.normal + within + start
      const target = c.dProducts + within + start
      throughNormal(d + start, c.gainIh + start, normal, target, groupSize(c, group), scale)
    }
  }
}

/** dGain [count] from d [T, B, count] and the norms that it was multiplied with, `offset` bytes into each row of `normal`. */
export function gainGradient(c: RecurrentCall, d: usize, dStride: usize, offset: usize, count: i32, dGain: usize): void {
  clear(dGain, count)
  sumProductsInto(dGain, d, dStride, c.normal + offset, normalStride(c), count, c.time * c.batch)
}
