import { isValid } from '../recurrent/recurrent.as'

/**
 * Of `hidden` columns from `gates` on, rows `stride` bytes apart: count, sum, how many are below 0.1, how many above 0.9, written to
 * figures f32 [4].
 */
export function gateStatistics(
  gates: usize,
  stride: usize,
  lengths: usize,
  figures: usize,
  time: i32,
  batch: i32,
  hidden: i32,
): void {
  let count = 0
  let low = 0
  let high = 0
  let sum: f64 = 0
  for (let t = 0; t < time; t++) {
    for (let row = 0; row < batch; row++) {
      if (isValid(lengths, row, t)) {
        count += hidden
        for (let at = gates, end = gates + (<usize>hidden << 2); at < end; at += 4) {
          const value = load<f32>(at)
          sum += value
          low += i32(value < 0.1)
          high += i32(value > 0.9)
        }
      }
      gates += stride
    }
  }
  store<f32>(figures, <f32>count)
  store<f32>(figures, <f32>sum, 4)
  store<f32>(figures, <f32>low, 8)
  store<f32>(figures, <f32>high, 12)
}
