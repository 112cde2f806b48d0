import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { present } from '../base/invariant'
import { trainingSchema } from '../document/trainingSchema'
import { fillWeights } from '../export/weights'
import { goldenData, goldenDocument } from '../testing/goldenSession'
import { goldenModels } from '../testing/goldens/goldenFiles'
import { float32Reference, float64Reference, openTestSession, wasmSession } from '../testing/testSession'
import { relativeError, tolerances } from '../testing/tolerances'

const fileSchema = z.array(
  z.object({
    training: trainingSchema.pick({
      optimizer: true,
      learningRate: true,
      clipNorm: true,
      momentum: true,
      nesterov: true,
      weightDecay: true,
    }),
    losses: z.array(z.number()),
  }),
)
const file = new URL('../testing/goldens/optimizers.json', import.meta.url)
const runs = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
const golden = present(
  goldenModels().find(({ name }) => name === 'forecast'),
  'models.json has the forecast model',
)
const plain = goldenDocument(golden, present(golden.runs[0], 'a golden model has runs'))
const backends = [float64Reference, float32Reference, wasmSession('simd', true), wasmSession('relaxed', true)]
const cases = backends.flatMap((backend) =>
  runs.map((run) => ({ name: `${JSON.stringify(run.training)}, ${backend.name}`, run, backend })),
)

describe('optimizers against PyTorch', () => {
  it.each(cases)('ten training losses: $name', ({ run, backend }) => {
    const document = { ...plain, training: { ...plain.training, ...run.training } }
    const session = openTestSession(document, goldenData(golden), backend)
    const tensors = Object.fromEntries(
      Object.entries(golden.weights).map(([name, { dims, values }]) => [
        name,
        { data: Float64Array.from(values), shape: dims },
      ]),
    )
    const block = session.weights()
    expect(fillWeights(session.pool.local.spec.predict, tensors, block, 'goldens').problems).toEqual([])
    session.setWeights(block)
    const losses = run.losses.map((_, index) => session.step(index + 1, run.training.learningRate, false).loss)
    expect(relativeError(losses, run.losses)).toBeLessThan(tolerances.forward)
  })
})
