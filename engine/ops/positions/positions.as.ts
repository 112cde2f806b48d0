import { addVectors, clear } from '../vector.as'

/** y [T, B, F] = x + row t of table; y may be x. */
export function addPositions(x: usize, table: usize, y: usize, time: i32, batch: i32, features: i32): void {
  const stride = <usize>features << 2
  for (let t = 0; t < time; t++) {
    for (let row = 0; row < batch; row++) {
      addVectors(y, x, table, features)
      x += stride
      y += stride
    }
    table += stride
  }
}

/** dTable [positions, F] = sum of dy [T, B, F] over the examples. */
export function addPositionsGradient(
  dy: usize,
  dTable: usize,
  positions: i32,
  time: i32,
  batch: i32,
  features: i32,
): void {
  const stride = <usize>features << 2
  clear(dTable, positions * features)
  for (let t = 0; t < time; t++) {
    for (let row = 0; row < batch; row++) {
      addVectors(dTable, dTable, dy, features)
      dy += stride
    }
    dTable += stride
  }
}
