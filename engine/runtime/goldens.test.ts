import { describe, expect, it } from 'vitest'
import { fillWeights } from '../export/weights'
import { goldenData, goldenDocument } from '../testing/goldenSession'
import { type GoldenModel, type GoldenRun, goldenModels } from '../testing/goldens/goldenFiles'
import {
  float32Reference,
  float64Reference,
  openTestSession,
  type SessionBackend,
  wasmSession,
} from '../testing/testSession'
import { relativeError, tolerances } from '../testing/tolerances'
import { captureStep } from './captureStep'
import type { Session } from './session'

/** A session that starts from the golden weights. */
function openGolden(golden: GoldenModel, run: GoldenRun, backend: SessionBackend): Session {
  const session = openTestSession(goldenDocument(golden, run), goldenData(golden), backend)
  const tensors = Object.fromEntries(
    Object.entries(golden.weights).map(([name, { dims, values }]) => [
      name,
      { data: Float64Array.from(values), shape: dims },
    ]),
  )
  const block = session.weights()
  const filled = fillWeights(session.pool.local.spec.predict, tensors, block, 'goldens')
  expect(filled.problems).toEqual([])
  session.setWeights(block)
  return session
}

const backends = [
  float64Reference,
  float32Reference,
  wasmSession('simd', false),
  wasmSession('simd', true),
  wasmSession('relaxed', false),
  wasmSession('relaxed', true),
]
const cases = backends.flatMap((backend) =>
  goldenModels().flatMap((golden) =>
    golden.runs.map((run) => ({
      name: `${golden.name}, ${run.optimizer}, clip ${run.clipNorm}, ${backend.name}`,
      golden,
      run,
      backend,
    })),
  ),
)

describe('whole models against PyTorch', () => {
  it.each(cases)('ten training losses: $name', ({ golden, run, backend }) => {
    const session = openGolden(golden, run, backend)
    expect(session.stepsPerEpoch).toBe(run.losses.length)
    const losses = run.losses.map((_, index) => session.step(index + 1, run.learningRate, false).loss)
    expect(relativeError(losses, run.losses)).toBeLessThan(tolerances.forward)
  })

  it.each(cases.filter(({ run, golden }) => run === golden.runs[0]))(
    'all gradients of the first batch: $name',
    ({ golden, run, backend }) => {
      const session = openGolden(golden, run, backend)
      const document = goldenDocument(golden, run)
      const { tensors } = captureStep(session, document.training)
      for (const [name, expected] of Object.entries(golden.firstGradients)) {
        const gradient = tensors[`grad.${name}`]
        expect(gradient?.shape, name).toEqual(expected.dims)
        expect(relativeError(gradient?.data ?? [], expected.values), name).toBeLessThan(tolerances.gradient)
      }
    },
  )

  it.each(cases.filter(({ run, golden }) => run === golden.runs[0]))(
    'evaluation weighs every counted target once: $name',
    ({ golden, run, backend }) => {
      const session = openGolden(golden, run, backend)
      // Evaluated before the first step, the mean over all batches is that of their losses, weighted by counted targets.
      const counted = golden.batches.map(({ target, lengths }) =>
        goldenData(golden).summary.target.kind === 'symbol'
          ? target.values.filter((value) => value >= 0).length
          : lengths.values.length,
      )
      const total = counted.reduce((sum, count) => sum + count, 0)
      const expected = golden.batches.reduce((sum, _, index) => {
        session.loadBatch(index + 1)
        return sum + (counted[index] ?? 0) * lossOfLoadedBatch(session, index + 1)
      }, 0)
      expect(session.evaluate('validation')?.loss).toBeCloseTo(expected / total, 5)
    },
  )
})

/** Loss without moving a weight. */
function lossOfLoadedBatch(session: Session, step: number): number {
  const weights = session.weights()
  const { loss } = session.step(step, 0, false)
  session.setWeights(weights)
  return loss
}
