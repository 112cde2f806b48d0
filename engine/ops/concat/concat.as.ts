import { clear, copy } from '../vector.as'

/** `columns` floats from every row of source to every row of target; strides in floats. */
export function copyColumns(
  source: usize,
  sourceStride: i32,
  target: usize,
  targetStride: i32,
  columns: i32,
  rows: i32,
): void {
  for (let row = 0; row < rows; row++) {
    copy(target, source, columns)
    source += <usize>sourceStride << 2
    target += <usize>targetStride << 2
  }
}

export function clearVector(target: usize, count: i32): void {
  clear(target, count)
}
