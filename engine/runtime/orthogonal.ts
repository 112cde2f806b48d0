import type { Rng } from '../base/rng'

/** Rows that are taken together: their parts along others are removed by products of blocks that stay in the cache. */
const BLOCK = 32
/** A row of which less than this share is left is too close to the rows before it: it is drawn anew. */
const TOO_LITTLE = 1e-8
/** Of a row of which less than this share is left, the parts are removed once more (Kahan's criterion, Parlett 1980). */
const LITTLE = 1e-2

/**
 * A uniformly random matrix with orthonormal rows (columns, when there are more rows than columns): Gram–Schmidt on normal draws, as
 * torch.nn.init.orthogonal_ does by QR, block by block. Row-major [rows, columns].
 */
export function orthogonal(rows: number, columns: number, random: Rng): Float64Array {
  if (rows > columns) return transpose(orthogonal(columns, rows, random), columns, rows)
  const matrix = new Float64Array(rows * columns)
  const parts = new Float64Array(BLOCK * BLOCK)
  for (let first = 0; first < rows; first += BLOCK) {
    const end = Math.min(first + BLOCK, rows)
    for (let index = first * columns; index < end * columns; index++) matrix[index] = random.normal()
    const lengths = Array.from({ length: end - first }, (_, row) => norm(matrix, first + row, columns))
    for (let other = 0; other < first; other += BLOCK) removeBlock(matrix, columns, first, end, other, parts)
    for (let row = first; row < end; row++) {
      while (!orthonormalise(matrix, columns, row, first, lengths[row - first] ?? 0)) {
        for (let column = 0; column < columns; column++) matrix[row * columns + column] = random.normal()
        lengths[row - first] = norm(matrix, row, columns)
        removeRows(matrix, columns, row, 0, first)
      }
    }
  }
  return matrix
}

/** Row against those from `first` on; scaled to length 1. False when nothing is left of it. @param start its length as drawn */
function orthonormalise(matrix: Float64Array, columns: number, row: number, first: number, start: number): boolean {
  removeRows(matrix, columns, row, first, row)
  let length = norm(matrix, row, columns)
  if (length < TOO_LITTLE * start) return false
  if (length < LITTLE * start) {
    removeRows(matrix, columns, row, 0, row)
    length = norm(matrix, row, columns)
  }
  const scale = 1 / length
  for (let index = row * columns; index < (row + 1) * columns; index++) matrix[index] = (matrix[index] ?? 0) * scale
  return true
}

/** matrix[row] −= Σ (matrix[row] · other) other, one row after another. */
function removeRows(matrix: Float64Array, columns: number, row: number, first: number, end: number): void {
  const at = row * columns
  for (let other = first; other < end; other++) {
    const from = other * columns
    let part = 0
    for (let column = 0; column < columns; column++) part += (matrix[at + column] ?? 0) * (matrix[from + column] ?? 0)
    for (let column = 0; column < columns; column++) {
      matrix[at + column] = (matrix[at + column] ?? 0) - part * (matrix[from + column] ?? 0)
    }
  }
}

/**
 * Rows [first, end) −= (rows · othersᵀ) others, where others are the orthonormal block from `other` on. Two rows against four others at a
 * time, so that every number that is loaded serves several products.
 */
function removeBlock(
  matrix: Float64Array,
  columns: number,
  first: number,
  end: number,
  other: number,
  parts: Float64Array,
): void {
  for (let row = first; row < end; row += 2) {
    // A last row without partner is its own; what is found for it twice is the same.
    const a = row * columns
    const b = Math.min(row + 1, end - 1) * columns
    for (let group = 0; group < BLOCK; group += 4) {
      findParts(matrix, columns, a, b, (other + group) * columns, parts, (row - first) * BLOCK + group)
    }
  }
  for (let row = first; row < end; row += 2) {
    const isPair = row + 1 < end
    for (let group = 0; group < BLOCK; group += 4) {
      const place = (row - first) * BLOCK + group
      const from = (other + group) * columns
      if (isPair) removePair(matrix, columns, row * columns, from, parts, place)
      else removeOne(matrix, columns, row * columns, from, parts, place)
    }
  }
}

/** parts[place …], parts[place + BLOCK …] = rows at a and b times the four rows from q on. */
function findParts(
  matrix: Float64Array,
  columns: number,
  a: number,
  b: number,
  q: number,
  parts: Float64Array,
  place: number,
): void {
  const [q1, q2, q3] = [q + columns, q + 2 * columns, q + 3 * columns]
  let a0 = 0
  let a1 = 0
  let a2 = 0
  let a3 = 0
  let b0 = 0
  let b1 = 0
  let b2 = 0
  let b3 = 0
  for (let column = 0; column < columns; column++) {
    const va = matrix[a + column] ?? 0
    const vb = matrix[b + column] ?? 0
    const w0 = matrix[q + column] ?? 0
    const w1 = matrix[q1 + column] ?? 0
    const w2 = matrix[q2 + column] ?? 0
    const w3 = matrix[q3 + column] ?? 0
    a0 += va * w0
    a1 += va * w1
    a2 += va * w2
    a3 += va * w3
    b0 += vb * w0
    b1 += vb * w1
    b2 += vb * w2
    b3 += vb * w3
  }
  parts[place] = a0
  parts[place + 1] = a1
  parts[place + 2] = a2
  parts[place + 3] = a3
  if (a === b) return
  parts[place + BLOCK] = b0
  parts[place + BLOCK + 1] = b1
  parts[place + BLOCK + 2] = b2
  parts[place + BLOCK + 3] = b3
}

/** Two neighbouring rows from a on −= their parts times the four rows from q on. */
function removePair(
  matrix: Float64Array,
  columns: number,
  a: number,
  q: number,
  parts: Float64Array,
  place: number,
): void {
  const b = a + columns
  const [q1, q2, q3] = [q + columns, q + 2 * columns, q + 3 * columns]
  const [a0 = 0, a1 = 0, a2 = 0, a3 = 0] = parts.subarray(place, place + 4)
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0] = parts.subarray(place + BLOCK, place + BLOCK + 4)
  for (let column = 0; column < columns; column++) {
    const w0 = matrix[q + column] ?? 0
    const w1 = matrix[q1 + column] ?? 0
    const w2 = matrix[q2 + column] ?? 0
    const w3 = matrix[q3 + column] ?? 0
    matrix[a + column] = (matrix[a + column] ?? 0) - (a0 * w0 + a1 * w1 + a2 * w2 + a3 * w3)
    matrix[b + column] = (matrix[b + column] ?? 0) - (b0 * w0 + b1 * w1 + b2 * w2 + b3 * w3)
  }
}

function removeOne(
  matrix: Float64Array,
  columns: number,
  a: number,
  q: number,
  parts: Float64Array,
  place: number,
): void {
  const [a0 = 0, a1 = 0, a2 = 0, a3 = 0] = parts.subarray(place, place + 4)
  for (let column = 0; column < columns; column++) {
    const share =
      a0 * (matrix[q + column] ?? 0) +
      a1 * (matrix[q + columns + column] ?? 0) +
      a2 * (matrix[q + 2 * columns + column] ?? 0) +
      a3 * (matrix[q + 3 * columns + column] ?? 0)
    matrix[a + column] = (matrix[a + column] ?? 0) - share
  }
}

/** Length of a row. */
function norm(matrix: Float64Array, row: number, columns: number): number {
  let sum = 0
  for (let index = row * columns; index < (row + 1) * columns; index++) sum += (matrix[index] ?? 0) ** 2
  return Math.sqrt(sum)
}

function transpose(matrix: Float64Array, rows: number, columns: number): Float64Array {
  return matrix.map((_, index) => matrix[(index % rows) * columns + Math.floor(index / rows)] ?? 0)
}
