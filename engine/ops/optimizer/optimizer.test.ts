import { describe, expect, it } from 'vitest'
import { rng } from '../../base/rng'
import { type Backend, float32Backend } from '../../testing/backend'
import { relativeError, tolerances } from '../../testing/tolerances'
import { wasmBackend } from '../../testing/wasmBackend'
import { ADAGRAD, clipScale, RMSPROP } from './optimizerKernels'

const SIZES = [1, 3, 8, 37, 5000]
const backends: [string, () => Backend][] = [
  ['simd', () => wasmBackend({ build: 'simd', wideTiles: false })],
  ['relaxed', () => wasmBackend({ build: 'relaxed', wideTiles: false })],
]

/** Four blocks of `size` random floats, the last one not negative, one after the other; returns their offsets. */
function placeBlocks({ memory, firstFree }: Backend, size: number): [number, number, number, number] {
  const random = rng(size)
  const stride = Math.ceil(size / 8) * 8
  const block = (index: number) => firstFree + index * stride
  for (let index = 0; index < 4; index++) {
    for (let element = 0; element < size; element++) {
      memory.f[block(index) + element] = index === 3 ? random.uniform() : random.normal()
    }
  }
  return [block(0), block(1), block(2), block(3)]
}

function read({ memory }: Backend, offset: number, size: number): number[] {
  return Array.from(memory.f.subarray(offset, offset + size))
}

/** Runs `use` on the backend and on the reference; both results. */
function onBoth<R>(make: () => Backend, use: (backend: Backend) => R): { actual: R; expected: R } {
  return { actual: use(make()), expected: use(float32Backend()) }
}

describe.each(backends)('optimizer kernels, %s', (_, make) => {
  it.each(
    SIZES.flatMap((size) => [
      { size, weightDecay: 0, decoupled: false },
      { size, weightDecay: 0.1, decoupled: false },
      { size, weightDecay: 0.1, decoupled: true },
    ]),
  )('adam moves $size weights like the reference, decay $weightDecay, decoupled $decoupled', (options) => {
    const { size, ...decay } = options
    const { actual, expected } = onBoth(make, (backend) => {
      const { memory, optimizer } = backend
      const [parameters, gradients, firstMoments, secondMoments] = placeBlocks(backend, size)
      const moments = { firstMoments, secondMoments, ...decay }
      const step = optimizer.adam({ memory, parameters, gradients, ...moments, start: 0, end: size })
      for (let number = 1; number <= 3; number++) step(0.01, 0.5, number)
      return [parameters, firstMoments, secondMoments].map((block) => read(backend, block, size))
    })
    for (const [block, values] of expected.entries()) {
      expect(relativeError(actual[block] ?? [], values)).toBeLessThan(tolerances.kernel)
    }
  })

  it.each(SIZES)('sgd moves %i weights like the reference', (size) => {
    for (const weightDecay of [0, 0.1]) {
      const { actual, expected } = onBoth(make, (backend) => {
        const [parameters, gradients] = placeBlocks(backend, size)
        const range = { memory: backend.memory, start: 0, end: size }
        backend.optimizer.sgd({ ...range, parameters, gradients, weightDecay })(0.1, 0.5)
        return read(backend, parameters, size)
      })
      expect(relativeError(actual, expected)).toBeLessThan(tolerances.kernel)
    }
  })

  it.each(SIZES)('momentum moves %i weights like the reference', (size) => {
    for (const nesterov of [false, true]) {
      const { actual, expected } = onBoth(make, (backend) => {
        const [parameters, gradients, velocities] = placeBlocks(backend, size)
        const range = { memory: backend.memory, start: 0, end: size }
        const rule = { velocities, momentum: 0.9, nesterov, weightDecay: 0.1 }
        const step = backend.optimizer.momentum({ ...range, parameters, gradients, ...rule })
        for (let number = 1; number <= 3; number++) step(0.1, 0.5)
        return [parameters, velocities].map((block) => read(backend, block, size))
      })
      for (const [block, values] of expected.entries()) {
        expect(relativeError(actual[block] ?? [], values)).toBeLessThan(tolerances.kernel)
      }
    }
  })

  it.each(SIZES)('RMSprop and Adagrad move %i weights like the reference', (size) => {
    for (const rule of [RMSPROP, ADAGRAD]) {
      const { actual, expected } = onBoth(make, (backend) => {
        const [parameters, gradients, , squares] = placeBlocks(backend, size)
        const range = { memory: backend.memory, start: 0, end: size }
        const step = backend.optimizer.squares({ ...range, parameters, gradients, squares, weightDecay: 0.1, rule })
        for (let number = 1; number <= 3; number++) step(0.01, 0.5)
        return [parameters, squares].map((block) => read(backend, block, size))
      })
      for (const [block, values] of expected.entries()) {
        expect(relativeError(actual[block] ?? [], values)).toBeLessThan(tolerances.kernel)
      }
    }
  })

  it.each(SIZES)('sums %i gradients of four shards to the same digits', (size) => {
    const { actual, expected } = onBoth(make, (backend) => {
      const gradients = placeBlocks(backend, size)
      backend.optimizer.sumShards({ memory: backend.memory, gradients, start: 0, end: size })()
      return read(backend, gradients[0], size)
    })
    expect(actual).toEqual(expected)
  })

  it.each(SIZES)('squared norm of %i values', (size) => {
    const { actual, expected } = onBoth(make, (backend) => {
      const [values] = placeBlocks(backend, size)
      return backend.optimizer.squaredNorm({ memory: backend.memory, values, start: 0, end: size })()
    })
    expect(actual / expected).toBeCloseTo(1, 12)
  })

  it.each(SIZES)('limits %i numbers like the reference, and keeps what is no number', (size) => {
    const { actual, expected } = onBoth(make, (backend) => {
      const [values] = placeBlocks(backend, size)
      backend.memory.f[values] = Number.NaN
      backend.optimizer.limitValues({ memory: backend.memory, values, start: 0, end: size })(0.5, 0.25)
      return read(backend, values, size)
    })
    expect(actual).toEqual(expected)
    expect(actual[0]).toBeNaN()
    expect(Math.max(0, ...actual.slice(1).map(Math.abs))).toBeLessThanOrEqual(0.25)
  })

  it('leaves what lies outside its range alone, and cuts change no digit', () => {
    const whole = make()
    const parts = make()
    for (const [backend, cuts] of [
      [whole, [0, 100]],
      [parts, [0, 8, 40, 100]],
    ] as const) {
      const [parameters, gradients, firstMoments, secondMoments] = placeBlocks(backend, 128)
      for (const [index, end] of cuts.slice(1).entries()) {
        const range = { memory: backend.memory, start: cuts[index] ?? 0, end }
        const moments = { firstMoments, secondMoments, weightDecay: 0.1, decoupled: false }
        backend.optimizer.adam({ ...range, parameters, gradients, ...moments })(0.01, 1, 1)
      }
    }
    const all = (backend: Backend) => read(backend, backend.firstFree, 4 * 128)
    expect(all(parts)).toEqual(all(whole))
    const untouched = make()
    const [parameters] = placeBlocks(untouched, 128)
    expect(all(whole).slice(100, 128)).toEqual(read(untouched, parameters + 100, 28))
  })
})

describe('clipping', () => {
  it('scales a long gradient to the largest norm, as PyTorch does', () => {
    expect(clipScale(4, 1)).toBeCloseTo(1 / (4 + 1e-6), 12)
  })

  it('leaves a short gradient, and every gradient when it is off', () => {
    expect(clipScale(0.5, 1)).toBe(1)
    expect(clipScale(1e9, 0)).toBe(1)
  })
})
