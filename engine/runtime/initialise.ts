import { assertNever, invariant, present } from '../base/invariant'
import { type Rng, rng } from '../base/rng'
import type { Plan } from '../compile/plan'
import type { Parameter } from '../ir/program'

/**
 * Starting weights of every parameter, written at their place in `block` (the parameter block, `plan.sizes.parameters` long).
 * Each parameter draws from a generator named after its node and its own name, so that neither the order of nodes nor another
 * layer changes what a layer starts with. Glorot & Bengio 2010, Saxe et al. 2014, Jozefowicz et al. 2015 (forget bias).
 */
export function initialiseParameters(plan: Plan, seed: number, block: Float32Array | Float64Array): void {
  invariant(block.length === plan.sizes.parameters, 'the parameter block has another size than the plan')
  const weights = rng(seed).split('weights')
  for (const parameter of plan.program.parameters) {
    const place = present(plan.locations[parameter.value], `${parameter.node}.${parameter.name} has no place`)
    const random = weights.split(parameter.node).split(parameter.name)
    // float32 whatever the block holds, so that both backends start from the same numbers.
    const values = Float32Array.from(startingValues(parameter, random))
    block.set(values, place.offset)
  }
}

/** Row-major values of one parameter. */
export function startingValues(parameter: Pick<Parameter, 'dims' | 'initializer'>, random: Rng): Float64Array {
  const { dims, initializer } = parameter
  const values = new Float64Array(dims.reduce((product, dim) => product * dim, 1))
  switch (initializer.kind) {
    case 'zeros':
      return values
    case 'constant':
      return values.fill(initializer.value)
    case 'uniform':
      return fillUniform(values, initializer.limit, random)
    case 'normal': {
      const drawn = values.map(() => initializer.deviation * random.normal())
      const { blankRow } = initializer
      const width = dims.at(-1) ?? 1
      return blankRow === undefined ? drawn : drawn.fill(0, blankRow * width, (blankRow + 1) * width)
    }
    case 'glorotUniform': {
      const [fanOut, fanIn] = asMatrix(dims)
      return fillUniform(values, Math.sqrt(6 / (fanIn + fanOut)), random)
    }
    case 'orthogonal': {
      const [rows, columns] = asMatrix(dims)
      const blockRows = rows / initializer.blocks
      invariant(Number.isInteger(blockRows), `${rows} rows do not fall into ${initializer.blocks} blocks`)
      for (let block = 0; block < initializer.blocks; block++) {
        values.set(orthogonal(blockRows, columns, random), block * blockRows * columns)
      }
      return values
    }
    case 'gateBias': {
      const size = values.length / initializer.blocks
      invariant(Number.isInteger(size), `${values.length} biases do not fall into ${initializer.blocks} gates`)
      return values.fill(initializer.value, initializer.block * size, (initializer.block + 1) * size)
    }
    default:
      return assertNever(initializer)
  }
}

function asMatrix(dims: readonly number[]): [number, number] {
  const [rows, columns] = dims
  invariant(dims.length === 2 && rows !== undefined && columns !== undefined, 'this initialiser is for matrices')
  return [rows, columns]
}

function fillUniform(values: Float64Array, limit: number, random: Rng): Float64Array {
  return values.map(() => (2 * random.uniform() - 1) * limit)
}

/**
 * A uniformly random matrix with orthonormal rows (columns, when there are more rows than columns): Gram–Schmidt on normal
 * draws, as torch.nn.init.orthogonal_ does by QR. Row-major [rows, columns].
 */
function orthogonal(rows: number, columns: number, random: Rng): Float64Array {
  if (rows > columns) return transpose(orthogonal(columns, rows, random), columns, rows)
  const matrix = new Float64Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    const vector = matrix.subarray(row * columns, (row + 1) * columns)
    for (;;) {
      for (let column = 0; column < columns; column++) vector[column] = random.normal()
      if (orthonormalise(vector, matrix, row)) break
    }
  }
  return matrix
}

/** Takes the parts along the first `count` rows out of `vector` and scales it to length 1; false when nothing is left of it. */
function orthonormalise(vector: Float64Array, matrix: Float64Array, count: number): boolean {
  const columns = vector.length
  const start = norm(vector)
  let before = start
  for (;;) {
    for (let row = 0; row < count; row += GROUP) removeParts(vector, matrix, row, Math.min(GROUP, count - row))
    const after = norm(vector)
    if (after < 1e-8 * start) return false
    // When little was left, rounding spoilt the angle: once more (Kahan's criterion, Parlett 1980).
    const done = after > 0.5 * before
    before = after
    if (done) break
  }
  for (let column = 0; column < columns; column++) vector[column] = (vector[column] ?? 0) / before
  return true
}

/** Rows whose parts are removed in one pass over the vector: they are orthonormal, so their order does not matter. */
const GROUP = 4

/** vector −= Σ (vector · row) row over `rows` ≤ GROUP rows from `first` on. */
function removeParts(vector: Float64Array, matrix: Float64Array, first: number, rows: number): void {
  const columns = vector.length
  const start = first * columns
  // Rows that do not exist stand in for the first, with no share.
  const second = start + (rows > 1 ? columns : 0)
  const third = start + (rows > 2 ? 2 * columns : 0)
  const fourth = start + (rows > 3 ? 3 * columns : 0)
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let column = 0; column < columns; column++) {
    const value = vector[column] ?? 0
    a += value * (matrix[start + column] ?? 0)
    b += value * (matrix[second + column] ?? 0)
    c += value * (matrix[third + column] ?? 0)
    d += value * (matrix[fourth + column] ?? 0)
  }
  if (rows < 2) b = 0
  if (rows < 3) c = 0
  if (rows < 4) d = 0
  for (let column = 0; column < columns; column++) {
    const share =
      a * (matrix[start + column] ?? 0) +
      b * (matrix[second + column] ?? 0) +
      c * (matrix[third + column] ?? 0) +
      d * (matrix[fourth + column] ?? 0)
    vector[column] = (vector[column] ?? 0) - share
  }
}

function norm(vector: Float64Array): number {
  let sum = 0
  for (const value of vector) sum += value * value
  return Math.sqrt(sum)
}

function transpose(matrix: Float64Array, rows: number, columns: number): Float64Array {
  return matrix.map((_, index) => matrix[(index % rows) * columns + Math.floor(index / rows)] ?? 0)
}
