import { describe, expect, it } from 'vitest'
import type { Plan } from '../compile/plan'
import { prepareData } from '../data/prepare'
import { smallDocument } from '../testing/smallDocument'
import { float32Reference, openTestSession } from '../testing/testSession'
import { bindPlan } from './bindPlan'
import { layoutMemory } from './layout'
import { allocateFloat32Memory, allocateWasmMemory } from './memory'

function planOf(sizes: Partial<Plan['sizes']>): Plan {
  return {
    program: { values: [], feeds: {}, parameters: [], instructions: [], heads: [], loss: 0, probes: [], gradients: [] },
    maximumRows: 1,
    maximumSteps: 1,
    locations: {},
    scratch: [],
    sizes: { parameters: 24, gradients: 24, feeds: 10, arena: 100, ...sizes },
  }
}

describe('layoutMemory', () => {
  it('puts regions one after another behind the kernels, each on a cache line, none over another', () => {
    const request = { heapBase: 1000, shards: 2, train: planOf({}), predict: planOf({ arena: 300, feeds: 50 }) }
    const layout = layoutMemory({ ...request, gathers: false, stateBlocks: 2 })
    const starts = [
      { at: layout.parameters, size: 24 },
      ...layout.optimizerState.map((at) => ({ at, size: 24 })),
      ...layout.shards.flatMap(({ gradients, feeds, arena }) => [
        { at: gradients, size: 24 },
        { at: feeds, size: 50 },
        { at: arena, size: 300 },
      ]),
    ]
    expect(layout.optimizerState).toHaveLength(2)
    let end = 250
    for (const { at, size } of starts) {
      expect(at % 16).toBe(0)
      expect(at).toBeGreaterThanOrEqual(end)
      end = at + size
    }
    expect(layout.end).toBe(end)
    expect(layout.totalGradient).toBe(layout.shards[0]?.gradients)
  })

  it('has no room for optimizer state or gradients that nobody writes', () => {
    const layout = layoutMemory({
      heapBase: 0,
      shards: 1,
      train: null,
      predict: planOf({}),
      gathers: false,
      stateBlocks: 2,
    })
    expect(layout.optimizerState).toEqual([])
    expect(layout.end).toBeLessThan(24 + 10 + 100 + 3 * 16)
  })

  it('gathers the gradients of several batches apart from those of the shards', () => {
    const request = { heapBase: 0, shards: 2, train: planOf({}), predict: planOf({}), stateBlocks: 1 }
    const layout = layoutMemory({ ...request, gathers: true })
    expect(layout.totalGradient).toBeGreaterThanOrEqual((layout.shards[1]?.arena ?? 0) + 100)
    expect(layout.end).toBe(layout.totalGradient + 24)
  })

  it('refuses plans of different models', () => {
    const request = { heapBase: 0, shards: 1, train: planOf({ parameters: 8 }), predict: planOf({}), stateBlocks: 0 }
    expect(() => layoutMemory({ ...request, gathers: false })).toThrow('differ in their parameters')
  })
})

describe('allocateWasmMemory', () => {
  it('gives whole pages of zeros that threads can share', () => {
    const allocated = allocateWasmMemory(20_000)
    if (!allocated.ok) throw new Error('80 kB are too much')
    const { views, wasm } = allocated.value
    expect(wasm?.buffer.byteLength).toBe(2 * 65_536)
    expect(wasm?.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(views.f.every((value) => value === 0)).toBe(true)
    views.f[3] = 1
    expect(views.i[3]).toBe(0x3f800000)
  })

  it('says in words that more than 4 GB cannot be', () => {
    const allocated = allocateWasmMemory(2 ** 31)
    expect(allocated.ok).toBe(false)
    expect(allocated.problems[0]).toMatchObject({ code: 'run.memory', place: { kind: 'training', field: 'batchSize' } })
    expect(allocated.problems[0]?.message).toContain('8.6 GB')
  })
})

describe('bindPlan', () => {
  const document = smallDocument()
  const data = prepareData(document.data, null)
  if (!data.ok) throw new Error('the generator failed')
  const { spec } = openTestSession(document, data.value, float32Reference).pool.local
  const [places] = spec.layout.shards
  const bind = (
    rows: number,
    steps: number,
    elements = spec.layout.end,
    kernels = float32Reference.open(0).kernels.table,
  ) => {
    if (!spec.train || !places) throw new Error('no plan')
    return bindPlan(spec.train, places, allocateFloat32Memory(elements).views, kernels, rows, steps)
  }

  it('binds B and T, and nothing larger than the plan was made for', () => {
    const input = spec.train?.program.feeds.input ?? -1
    expect(bind(3, 4).span(input)).toMatchObject({ size: 3 * 4 * 2, dims: [4, 3, 2], offset: places?.feeds })
    expect(() => bind(9, 6)).toThrow('9 rows in a plan for 8')
    expect(() => bind(8, 7)).toThrow('7 time steps in a plan for 6')
    expect(() => bind(0, 6)).toThrow('0 rows')
  })

  it('refuses memory that is too small and an op without kernel', () => {
    expect(() => bind(8, 6, places?.arena)).toThrow('outside the memory')
    expect(() => bind(8, 6, spec.layout.end, {})).toThrow('no kernel for op')
  })
})
