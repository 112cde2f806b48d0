import { describe, expect, it } from 'vitest'
import { rng } from '../base/rng'
import type { UnrollDocument } from '../document/schema'
import { dataOf, samples } from '../testing/smallSamples'
import { float32Reference, float64Reference, openTestSession } from '../testing/testSession'
import { relativeError, tolerances } from '../testing/tolerances'
import { captureStep } from './captureStep'
import type { Session } from './session'

describe('models of the samples', () => {
  it.each(samples)('gradient check in float64: $name', ({ document, model }) => {
    const session = openTestSession(document, dataOf(document), float64Reference, model)
    const start = Float64Array.from(session.weights())
    const random = rng(9)
    const direction = start.map(() => random.normal())
    const analytic = directionalDerivative(session, document, direction)
    const step = 1e-5
    const lossAt = (distance: number) => {
      session.setWeights(start.map((weight, index) => weight + distance * (direction[index] ?? 0)))
      return session.step(1, 0, false).loss
    }
    const numeric = (lossAt(step) - lossAt(-step)) / (2 * step)
    expect(Math.abs(analytic)).toBeGreaterThan(1e-4)
    expect(Math.abs(numeric - analytic) / Math.abs(analytic)).toBeLessThan(tolerances.gradientCheck)
  })

  it.each(samples)('float32 agrees with float64: $name', ({ document, model }) => {
    const losses = [float32Reference, float64Reference].map((backend) => {
      const session = openTestSession(document, dataOf(document), backend, model)
      return [1, 2, 3, 4].map((step) => session.step(step, document.training.learningRate, step === 4).loss)
    })
    expect(relativeError(losses[0] ?? [], losses[1] ?? [])).toBeLessThan(tolerances.gradient)
  })

  it.each(samples)('probes change no number of training: $name', ({ document, model }) => {
    const run = (probes: boolean) => {
      const session = openTestSession(document, dataOf(document), float32Reference, model)
      const losses = [1, 2, 3].map((step) => session.step(step, 0.01, probes).loss)
      return { losses, weights: session.weights(), gates: session.gates() }
    }
    const [watched, alone] = [run(true), run(false)]
    expect(watched.losses).toEqual(alone.losses)
    expect(watched.weights).toEqual(alone.weights)
    for (const { mean, low, high } of watched.gates) {
      expect(mean).toBeGreaterThan(0)
      expect(mean).toBeLessThan(1)
      expect(low + high).toBeLessThanOrEqual(1)
    }
  })
})

/** Gradient of the first batch along a direction, both over the parameter block with its padding. */
function directionalDerivative(session: Session, document: UnrollDocument, direction: Float64Array): number {
  const start = session.weights()
  const { totalGradient } = session.pool.local.spec.layout
  captureStep(session, document.training)
  session.setWeights(start)
  return direction.reduce((sum, value, index) => {
    return sum + value * (session.pool.local.memory.f[totalGradient + index] ?? Number.NaN)
  }, 0)
}
