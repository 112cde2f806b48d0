import { describe, expect, it } from 'vitest'
import { type Rng, rng } from '../base/rng'
import { orthogonal } from './orthogonal'

/** Gram–Schmidt as in a textbook, twice, row by row. */
function plain(rows: number, columns: number, random: Rng): number[][] {
  const found: number[][] = []
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)
  for (let row = 0; row < rows; row++) {
    let vector = Array.from({ length: columns }, () => random.normal())
    for (const other of [...found, ...found]) {
      const part = dot(vector, other)
      vector = vector.map((value, index) => value - part * (other[index] ?? 0))
    }
    const length = Math.sqrt(dot(vector, vector))
    found.push(vector.map((value) => value / length))
  }
  return found
}

/** Largest difference of rows · rowsᵀ from the identity. */
function distanceFromOrthonormal(matrix: Float64Array, rows: number, columns: number): number {
  let worst = 0
  for (let a = 0; a < rows; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = a === b ? -1 : 0
      for (let k = 0; k < columns; k++) sum += (matrix[a * columns + k] ?? 0) * (matrix[b * columns + k] ?? 0)
      worst = Math.max(worst, Math.abs(sum))
    }
  }
  return worst
}

describe('orthogonal', () => {
  it.each([
    [1, 1],
    [3, 3],
    [31, 33],
    [32, 32],
    [33, 33],
    [64, 100],
    [97, 97],
    [130, 131],
  ])('%i × %i: the rows of Gram–Schmidt on the same draws', (rows, columns) => {
    const matrix = orthogonal(rows, columns, rng(5).split('x'))
    const expected = plain(rows, columns, rng(5).split('x')).flat()
    const worst = expected.reduce((most, value, index) => Math.max(most, Math.abs(value - (matrix[index] ?? 0))), 0)
    expect(worst).toBeLessThan(1e-11)
  })

  it('stays orthonormal over many blocks, also where hardly anything is left of the last rows', () => {
    expect(distanceFromOrthonormal(orthogonal(300, 300, rng(2)), 300, 300)).toBeLessThan(1e-12)
  })

  it('has orthonormal columns where there are more rows', () => {
    const matrix = orthogonal(50, 37, rng(3))
    const turned = Float64Array.from({ length: 50 * 37 }, (_, index) => {
      return matrix[(index % 50) * 37 + Math.floor(index / 50)] ?? 0
    })
    expect(distanceFromOrthonormal(turned, 37, 50)).toBeLessThan(1e-12)
  })

  it('draws a row anew that lies along those before it', () => {
    const columns = 40
    const source = rng(9)
    const first = Array.from({ length: columns }, () => source.normal())
    let drawn = 0
    // Rows 1 and 36, in two blocks, are row 0 again.
    const repeating: Rng = {
      ...source,
      normal() {
        const place = drawn++
        const row = Math.floor(place / columns)
        return row === 0 || row === 1 || row === 36 ? (first[place % columns] ?? 0) : source.normal()
      },
    }
    expect(distanceFromOrthonormal(orthogonal(40, columns, repeating), 40, columns)).toBeLessThan(1e-12)
    expect(drawn).toBe(42 * columns)
  })
})
