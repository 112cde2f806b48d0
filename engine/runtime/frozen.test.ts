import { describe, expect, it } from 'vitest'
import { prepareData } from '../data/prepare'
import type { TrainingSettings } from '../document/trainingSchema'
import { weightTensors } from '../export/weights'
import { smallDocument } from '../testing/smallDocument'
import { float32Reference, openTestSession } from '../testing/testSession'
import { captureStep } from './captureStep'

function open(training: Partial<TrainingSettings>, frozen: readonly string[]) {
  const document = structuredClone(smallDocument(training))
  const data = prepareData(document.data, null)
  if (!data.ok) throw new Error('the generator failed')
  const [model] = document.models
  for (const node of frozen) Object.assign(model?.nodes[node] ?? {}, { frozen: true })
  const session = openTestSession(document, data.value, float32Reference)
  const weights = () => weightTensors(session.pool.local.spec.predict, session.weights())
  return { document, session, weights }
}

describe('frozen weights', () => {
  it.each(['adamw', 'sgd', 'rmsprop'] as const)('stay as they are under %s with weight decay', (optimizer) => {
    const { session, weights } = open({ optimizer, momentum: 0.9, weightDecay: 0.5 }, ['memory'])
    const before = weights()
    for (let step = 1; step <= 5; step++) session.step(step, 0.05, false)
    const after = weights()
    for (const [name, tensor] of Object.entries(before)) {
      const moved = after[name]?.data.some((value, index) => value !== tensor.data[index])
      expect(moved, name).toBe(!name.startsWith('memory.'))
    }
  })

  it('start as they would without, so that freezing compares one thing', () => {
    const [frozen, free] = [open({}, ['memory']), open({}, [])]
    expect(frozen.weights()).toEqual(expect.objectContaining(free.weights()))
  })

  it('have no state of the optimizer and no share in the norm of the gradient', () => {
    const { session } = open({}, ['memory'])
    const { layout, train } = session.pool.local.spec
    expect(layout.trainedCount).toBeLessThan(layout.parameterCount / 4)
    const [first = 0, second = 0] = layout.optimizerState
    expect(second - first).toBeLessThan(layout.parameterCount / 4)
    const { gradientNorm } = session.step(1, 0.01, false)
    const total = session.pool.local.memory.f.subarray(layout.totalGradient, layout.totalGradient + layout.trainedCount)
    expect(gradientNorm).toBeCloseTo(Math.hypot(...total), 6)
    expect(train?.program.gradients.map(({ parameter }) => parameter)).toHaveLength(2)
  })

  it('are dumped without a gradient', () => {
    const { session, document } = open({}, ['memory'])
    const { tensors } = captureStep(session, document.training)
    const named = (prefix: string) => Object.keys(tensors).filter((name) => name.startsWith(prefix))
    expect(named('grad.')).toEqual(['grad.out.weight', 'grad.out.bias'])
    expect(named('param.')).toHaveLength(6)
    expect(tensors['after.memory.weight_hh_l0']).toEqual(tensors['param.memory.weight_hh_l0'])
  })
})
