import type { Floats, Matrix } from '../kernelViews'

/** c = a · b, or c += a · b with `accumulate`: [M, K] · [K, N] → [M, N]. */
export function multiply(a: Matrix, b: Matrix, c: Matrix, accumulate = false): void {
  for (let row = 0; row < c.rows; row++) {
    for (let column = 0; column < c.columns; column++) {
      let sum = accumulate ? c.at(row, column) : 0
      for (let inner = 0; inner < a.columns; inner++) sum += a.at(row, inner) * b.at(inner, column)
      c.set(row, column, sum)
    }
  }
}

/** sums [N] = the sum of the rows of matrix [M, N], written from element `first` on. */
export function sumRows(matrix: Matrix, sums: Floats, first = 0): void {
  for (let column = 0; column < matrix.columns; column++) {
    let sum = 0
    for (let row = 0; row < matrix.rows; row++) sum += matrix.at(row, column)
    sums.set(first + column, sum)
  }
}
