import { describe, expect, it } from 'vitest'
import { rng } from '../base/rng'
import type { Plan } from '../compile/plan'
import type { Initializer, Parameter } from '../ir/program'
import { initialiseParameters, startingValues } from './initialise'

const start = (dims: number[], initializer: Initializer, seed = 1) => startingValues({ dims, initializer }, rng(seed))

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Largest distance of rows·rowsᵀ from the unit matrix. */
function distanceFromOrthonormal(matrix: Float64Array, rows: number, columns: number): number {
  let worst = 0
  for (let a = 0; a < rows; a++) {
    for (let b = 0; b < rows; b++) {
      let dot = 0
      for (let c = 0; c < columns; c++) dot += (matrix[a * columns + c] ?? 0) * (matrix[b * columns + c] ?? 0)
      worst = Math.max(worst, Math.abs(dot - (a === b ? 1 : 0)))
    }
  }
  return worst
}

describe('startingValues', () => {
  it('fills constants, zeros and one gate of a bias', () => {
    expect([...start([3], { kind: 'zeros' })]).toEqual([0, 0, 0])
    expect([...start([2], { kind: 'constant', value: 0.5 })]).toEqual([0.5, 0.5])
    expect([...start([8], { kind: 'gateBias', blocks: 4, block: 1, value: 1 })]).toEqual([0, 0, 1, 1, 0, 0, 0, 0])
  })

  it('draws Glorot uniform within √(6 / (in + out)), with its variance', () => {
    const values = start([300, 200], { kind: 'glorotUniform' })
    const limit = Math.sqrt(6 / 500)
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(limit)
    expect(Math.abs(mean(values))).toBeLessThan(0.002)
    expect(mean(values.map((value) => value * value))).toBeCloseTo((limit * limit) / 3, 4)
  })

  it('draws uniform and normal', () => {
    const uniform = start([10_000], { kind: 'uniform', limit: 0.1 })
    expect(Math.max(...uniform)).toBeLessThanOrEqual(0.1)
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(-0.1)
    const normal = start([10_000], { kind: 'normal', deviation: 2 })
    expect(mean(normal.map((value) => value * value))).toBeCloseTo(4, 0)
  })

  it('makes every gate block orthogonal', () => {
    const values = start([4 * 33, 33], { kind: 'orthogonal', blocks: 4 })
    for (let block = 0; block < 4; block++) {
      const part = values.subarray(block * 33 * 33, (block + 1) * 33 * 33)
      expect(distanceFromOrthonormal(part, 33, 33)).toBeLessThan(1e-12)
    }
  })

  it('makes rows orthonormal when there are few, columns when there are many', () => {
    expect(distanceFromOrthonormal(start([3, 7], { kind: 'orthogonal', blocks: 1 }), 3, 7)).toBeLessThan(1e-12)
    const tall = start([7, 3], { kind: 'orthogonal', blocks: 1 })
    const columns = Float64Array.from({ length: 21 }, (_, index) => tall[(index % 7) * 3 + Math.floor(index / 7)] ?? 0)
    expect(distanceFromOrthonormal(columns, 3, 7)).toBeLessThan(1e-12)
  })

  it('spreads eigenvalues evenly over the area of a ring, and their phases', () => {
    const decays = start([10_000], { kind: 'ringDecay', minimum: 0.5, maximum: 0.9 })
    const squares = decays.map((nu) => Math.exp(-2 * Math.exp(nu)))
    expect(Math.min(...squares)).toBeGreaterThanOrEqual(0.25)
    expect(Math.max(...squares)).toBeLessThanOrEqual(0.81 + 1e-12)
    expect(mean(squares)).toBeCloseTo((0.25 + 0.81) / 2, 2)
    const phases = start([10_000], { kind: 'ringPhase', maximum: 3 }).map(Math.exp)
    expect(Math.max(...phases)).toBeLessThanOrEqual(3 + 1e-12)
    expect(mean(phases)).toBeCloseTo(1.5, 1)
  })

  it('takes sizes of one', () => {
    expect(Math.abs(start([1, 1], { kind: 'orthogonal', blocks: 1 })[0] ?? 0)).toBeCloseTo(1, 12)
  })

  it('refuses what does not divide into gates', () => {
    expect(() => start([7, 3], { kind: 'orthogonal', blocks: 2 })).toThrow('7 rows do not fall into 2 blocks')
    expect(() => start([7], { kind: 'glorotUniform' })).toThrow('for matrices')
  })
})

describe('initialiseParameters', () => {
  /** A plan with nothing but parameters, in the order given. */
  function planOf(parameters: { node: string; name: string }[]): Plan {
    const made = parameters.map(
      ({ node, name }, value): Parameter => ({
        value,
        node,
        name,
        dims: [4],
        initializer: { kind: 'normal', deviation: 1 },
      }),
    )
    return {
      program: {
        values: [],
        feeds: {},
        parameters: made,
        instructions: [],
        heads: [],
        loss: 0,
        probes: [],
        gradients: [],
      },
      maximumRows: 1,
      maximumSteps: 1,
      locations: Object.fromEntries(
        made.map(({ value }) => [value, { region: 'parameters', offset: value * 8, size: 4 }]),
      ),
      scratch: [],
      sizes: { parameters: made.length * 8, gradients: 0, feeds: 0, arena: 0 },
    }
  }

  const a = { node: 'lstm', name: 'weight' }
  const b = { node: 'lstm', name: 'bias' }
  const c = { node: 'dense', name: 'weight' }

  it('gives a weight the same start whatever stands beside it', () => {
    const first = new Float32Array(24)
    initialiseParameters(planOf([a, b, c]), 7, first)
    const second = new Float32Array(16)
    initialiseParameters(planOf([c, a]), 7, second)
    expect(second.subarray(0, 4)).toEqual(first.subarray(16, 20))
    expect(second.subarray(8, 12)).toEqual(first.subarray(0, 4))
    expect(first.subarray(0, 4)).not.toEqual(first.subarray(8, 12))
    expect(first.subarray(0, 4)).not.toEqual(first.subarray(16, 20))
  })

  it('leaves the padding between weights at zero and follows the seed', () => {
    const first = new Float32Array(24)
    initialiseParameters(planOf([a, b, c]), 7, first)
    expect([...first.subarray(4, 8)]).toEqual([0, 0, 0, 0])
    const other = new Float32Array(24)
    initialiseParameters(planOf([a, b, c]), 8, other)
    expect(other).not.toEqual(first)
  })

  it('starts both backends from the same float32 numbers', () => {
    const single = new Float32Array(8)
    const double = new Float64Array(8)
    initialiseParameters(planOf([a]), 7, single)
    initialiseParameters(planOf([a]), 7, double)
    expect([...double]).toEqual([...single])
  })
})
