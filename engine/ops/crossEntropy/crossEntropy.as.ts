import { exponential } from '../activation/math.as'
import { clear, loadPart, partSize, storePart, sumLanes, wholeBytes } from '../vector.as'

function largest(row: usize, classes: i32): f32 {
  const end = row + (<usize>classes << 2)
  let most = load<f32>(row)
  for (let at = row; at < end; at += 4) most = max(most, load<f32>(at))
  return most
}

/** target = e^(logits − most); returns the sum of the part. target may be logits. */
// @ts-ignore: decorator
@inline
function exponentials(logits: usize, target: usize, end: usize, most: v128, whole: bool): f32 {
  let sum = f32x4.splat(0)
  while (logits < end) {
    const value = exponential(f32x4.sub(loadPart(logits, whole), most))
    storePart(target, value, whole)
    sum = f32x4.add(sum, value)
    logits += partSize(whole)
    target += partSize(whole)
  }
  return whole ? sumLanes(sum) : f32x4.extract_lane(sum, 0)
}

// @ts-ignore: decorator
@inline
function scalePart(target: usize, end: usize, factor: v128, whole: bool): void {
  for (; target < end; target += partSize(whole)) storePart(target, f32x4.mul(loadPart(target, whole), factor), whole)
}

function scaleRow(target: usize, classes: i32, factor: f32): void {
  const factors = f32x4.splat(factor)
  const whole = target + wholeBytes(classes)
  scalePart(target, whole, factors, true)
  scalePart(whole, target + (<usize>classes << 2), factors, false)
}

/** dLogits [rows, classes] may be logits. */
export function crossEntropy(
  logits: usize,
  target: usize,
  lossScale: usize,
  loss: usize,
  dLogits: usize,
  rows: i32,
  classes: i32,
): void {
  const scale = load<f32>(lossScale)
  const whole = wholeBytes(classes)
  const width = <usize>classes << 2
  let total: f64 = 0
  for (let row = 0; row < rows; row++) {
    const label = load<i32>(target)
    if (label < 0) {
      clear(dLogits, classes)
    } else {
      const most = largest(logits, classes)
      const labelled = load<f32>(logits + (<usize>label << 2))
      const shift = f32x4.splat(most)
      let sum = exponentials(logits, dLogits, logits + whole, shift, true)
      sum += exponentials(logits + whole, dLogits + whole, logits + width, shift, false)
      total += Math.log(sum) + <f64>(most - labelled)
      scaleRow(dLogits, classes, scale / sum)
      const labelledGradient = dLogits + (<usize>label << 2)
      store<f32>(labelledGradient, load<f32>(labelledGradient) - scale)
    }
    target += 4
    logits += width
    dLogits += width
  }
  store<f32>(loss, <f32>(total * scale))
}
