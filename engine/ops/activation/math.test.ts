import { describe, expect, it } from 'vitest'
import { present } from '../../base/invariant'
import type { Backend } from '../../testing/backend'
import { wasmBackend } from '../../testing/wasmBackend'

const POINTS = 1 << 16

/** Runs activation `kind` over `xs`. */
function activations({ kernels, memory, firstFree }: Backend, kind: string, xs: Float32Array): Float32Array {
  memory.f.set(xs, firstFree)
  const span = { offset: firstFree, size: xs.length, dims: [xs.length] }
  const output = { ...span, offset: firstFree + POINTS }
  const scratch = { offset: 0, size: 0, dims: [0] }
  const factory = present(kernels.activation, 'no activation')
  factory({ memory, inputs: [span], outputs: [output], scratch, attributes: { kind } })()
  return Float32Array.from(memory.f.subarray(output.offset, output.offset + xs.length))
}

/** Floats between ±`limit`, evenly and, for the small ones, evenly in their logarithm. */
function points(limit: number): Float32Array {
  return Float32Array.from({ length: POINTS }, (_, index) => {
    const even = ((index >> 1) / (POINTS / 2)) * 2 - 1
    return index % 2 === 0 ? limit * even : Math.sign(even) * limit * 10 ** (-12 * Math.abs(even))
  })
}

function largestRelativeError(actual: Float32Array, xs: Float32Array, exact: (x: number) => number): number {
  let largest = 0
  for (const [index, x] of xs.entries()) {
    const value = exact(x)
    if (value !== 0) largest = Math.max(largest, Math.abs((actual[index] ?? Number.NaN) - value) / Math.abs(value))
  }
  return largest
}

describe.each(['simd', 'relaxed'] as const)('vector functions, %s build', (build) => {
  const backend = wasmBackend({ build, wideTiles: false })

  it('tanh is right to the last bits at every size', () => {
    const xs = points(12)
    expect(largestRelativeError(activations(backend, 'tanh', xs), xs, Math.tanh)).toBeLessThan(4e-7)
  })

  it('sigmoid is right to the last bits until it nearly vanishes', () => {
    const xs = points(80)
    const exact = (x: number) => 1 / (1 + Math.exp(-x))
    expect(largestRelativeError(activations(backend, 'sigmoid', xs), xs, exact)).toBeLessThan(4e-7)
  })

  it('is finite at the ends and keeps not-a-number', () => {
    const xs = Float32Array.from([Number.NEGATIVE_INFINITY, -1e30, 1e30, Number.POSITIVE_INFINITY, Number.NaN])
    const near = (values: Float32Array) => Array.from(values, (value) => Math.round(value * 1e6) / 1e6)
    expect(near(activations(backend, 'tanh', xs))).toEqual([-1, -1, 1, 1, Number.NaN])
    expect(near(activations(backend, 'sigmoid', xs))).toEqual([0, 0, 1, 1, Number.NaN])
    expect(Array.from(activations(backend, 'relu', xs))).toEqual([
      0,
      0,
      Math.fround(1e30),
      Number.POSITIVE_INFINITY,
      Number.NaN,
    ])
  })
})
