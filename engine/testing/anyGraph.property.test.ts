import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkMemoryPlan } from '../compile/checkMemoryPlan'
import { compileModel } from '../compile/compile'
import type { DataSummary } from '../data/prepared'
import type { UnrollDocument } from '../document/schema'
import { verifyProgram } from '../ir/verify'
import { nodeDefinitions } from '../nodes'
import { ops } from '../ops'
import type { KernelMemory } from '../ops/kernel'
import { referenceOptimizer } from '../ops/optimizer/optimizerReference'
import { referenceKernels } from '../ops/referenceKernels'
import type { RunSpec } from '../runtime/job'
import { allocateFloat32Memory } from '../runtime/memory'
import { compileRun, specifyRun } from '../runtime/planRun'
import { Session } from '../runtime/session'
import type { KernelSet } from '../runtime/shardWork'
import { randomData } from './randomData'
import { validGraphs } from './randomGraph'
import { relativeError, tolerances } from './tolerances'
import { TurnsPool } from './turnsPool'
import { wasmBackend } from './wasmBackend'

/** Settled, so that no run meets a kink of ReLU, a tie, or a norm of two numbers that are nearly equal: a failure here is a failure. */
const SEED = 20_264
const RUNS = 300
/** Of a batch of all examples, cut into four shards. */
const BATCH = 64
const STEPS = 2
const LEARNING_RATE = 0.05

const wasm = wasmBackend({ build: 'simd', wideTiles: false })
const compiled: KernelSet = { table: wasm.kernels, optimizer: wasm.optimizer }
const reference: KernelSet = { table: referenceKernels, optimizer: referenceOptimizer }

/** Losses of some training steps, and all weights after them. */
function train(
  document: UnrollDocument,
  summary: DataSummary,
  spec: RunSpec,
  memory: KernelMemory,
  kernels: KernelSet,
  threads: number,
): { losses: number[]; weights: number[] } {
  const pool = new TurnsPool(spec, memory, kernels, threads)
  const session = new Session({ spec, pool, data: randomData(summary, 4), training: document.training })
  const losses = Array.from({ length: STEPS }, (_, step) => session.step(step + 1, LEARNING_RATE, step === 0).loss)
  return { losses, weights: Array.from(session.weights()) }
}

describe('any graph that is put together rightly', () => {
  test('compiles, runs finite, alike on both kinds of kernels, and on 1, 2 and 3 threads to the last digit', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(validGraphs, ({ document: drawn, model, summary }) => {
        const training = { ...drawn.training, batchSize: BATCH, optimizer: 'sgd', clipNorm: 1 } as const
        const document: UnrollDocument = { ...drawn, training }
        for (const { type } of Object.values(document.models[0]?.nodes ?? {})) seen.add(type)
        const sizes = { rows: 5, steps: summary.maximumSteps }
        compileModel(document, model, summary, { mode: 'train', ...sizes }, (pass, program) => {
          verifyProgram(program, ops, { gradients: pass !== 'lower' })
        })
        const plans = compileRun(document, model, summary)
        if (!plans.ok) throw new Error(plans.problems.map(({ message }) => message).join('\n'))
        checkMemoryPlan(plans.value.train)
        checkMemoryPlan(plans.value.predict)

        const spec = specifyRun(plans.value, document, wasm.firstFree * 4)
        expect(spec.layout.end).toBeLessThan(wasm.memory.f.length)
        const plain = allocateFloat32Memory(spec.layout.end).views
        const expected = train(document, summary, spec, plain, reference, 1)
        const [alone, ...shared] = [1, 2, 3].map((threads) => {
          wasm.memory.f.fill(0, wasm.firstFree, spec.layout.end)
          // Whatever is read before it is written shows.
          const arena = Math.max(plans.value.train.sizes.arena, plans.value.predict.sizes.arena)
          for (const { arena: start } of spec.layout.shards) wasm.memory.f.fill(Number.NaN, start, start + arena)
          return train(document, summary, spec, wasm.memory, compiled, threads)
        })
        for (const one of shared) expect(one).toEqual(alone)
        expect([...(alone?.losses ?? []), ...(alone?.weights ?? [])].every(Number.isFinite)).toBe(true)
        expect(relativeError(alone?.losses ?? [], expected.losses)).toBeLessThan(tolerances.gradient)
        expect(relativeError(alone?.weights ?? [], expected.weights)).toBeLessThan(tolerances.gradient)
      }),
      { numRuns: RUNS, seed: SEED },
    )
    expect(Object.keys(nodeDefinitions).filter((type) => !seen.has(type))).toEqual([])
  }, 120_000)
})
