import { multiplyVectors } from '../multiply/multiply.as'
import { sumProductsInto } from '../product/weightGradient.as'
import { clear } from '../vector.as'

/** y [rows, features] = x ⊙ weight [features], row by row. */
export function scaleFeatures(x: usize, weight: usize, y: usize, rows: i32, features: i32): void {
  const stride = <usize>features << 2
  for (let row = 0; row < rows; row++) {
    multiplyVectors(y, x, weight, features)
    x += stride
    y += stride
  }
}

/** dWeight [features] = the sum of the rows of x ⊙ dy. */
export function scaleFeaturesWeightGradient(x: usize, dy: usize, dWeight: usize, rows: i32, features: i32): void {
  const stride = <usize>features << 2
  clear(dWeight, features)
  sumProductsInto(dWeight, x, stride, dy, stride, features, rows)
}
