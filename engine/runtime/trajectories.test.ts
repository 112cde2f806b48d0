import { describe, expect, it } from 'vitest'
import { fillWeights, weightTensors } from '../export/weights'
import { type Trajectory, trajectories, trajectoryData, trajectoryDocument } from '../testing/goldens/trajectories'
import { float32Reference, float64Reference, openTestSession, wasmSession } from '../testing/testSession'
import { relativeError, tolerances } from '../testing/tolerances'
import { TrainingRun } from './trainingRun'

const backends = [float64Reference, float32Reference, wasmSession('simd', true), wasmSession('relaxed', false)]
const all = trajectories()
const cases = backends.flatMap((backend) =>
  all.map((trajectory) => ({ name: `${trajectory.name}; ${backend.name}`, trajectory, backend })),
)

/** What has no influence on the loss is moved by noise: left out on both sides. */
function settled({ unsettled }: Trajectory, name: string, values: ArrayLike<number>): number[] {
  const [start, end] = unsettled[name] ?? [0, 0]
  return Array.from(values, (value, index) => (index >= start && index < end ? 0 : value))
}

describe('whole models against PyTorch: ten steps of training', () => {
  it.each(cases)('$name', ({ trajectory, backend }) => {
    const document = trajectoryDocument(trajectory)
    const session = openTestSession(document, trajectoryData(trajectory), backend)
    const plan = session.pool.local.spec.predict
    const tensors = Object.entries(trajectory.weights).map(
      ([name, { dims, values }]) => [name, { data: Float64Array.from(values), shape: dims }] as const,
    )
    const block = session.weights()
    expect(fillWeights(plan, Object.fromEntries(tensors), block, 'goldens').problems).toEqual([])
    session.setWeights(block)

    const { learningRate, schedule } = document.training
    const run = new TrainingRun({ session, totalSteps: session.stepsPerEpoch, learningRate, schedule })
    const losses: number[] = []
    while (!run.isFinished) {
      expect(run.advance(false)).toBe(true)
      losses.push(run.progress.loss)
    }
    expect(relativeError(losses, trajectory.losses)).toBeLessThan(tolerances.forward)
    expect(relativeError([run.progress.evaluation?.loss ?? 0], [trajectory.validation])).toBeLessThan(
      tolerances.forward,
    )
    const after = weightTensors(plan, session.weights())
    expect(Object.keys(after).sort()).toEqual(Object.keys(trajectory.after).sort())
    for (const [name, { values }] of Object.entries(trajectory.after)) {
      const ours = settled(trajectory, name, after[name]?.data ?? [])
      expect(relativeError(ours, settled(trajectory, name, values)), name).toBeLessThan(tolerances.gradient)
    }
  })
})
