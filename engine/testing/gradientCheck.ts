import { present } from '../base/invariant'
import { rng } from '../base/rng'
import { type Backend, float64Backend } from './backend'
import type { OpCase } from './opCase'
import { runCase, scalarOf } from './runCase'

/** A step small enough for central differences and large enough for float64's rounding (about the cube root of 1e-16). */
const STEP = 1e-5

export interface GradientCheck {
  /** Slope along the direction by central differences, and from the gradient rules. */
  measured: number
  claimed: number
  /** Difference relative to the sizes involved. */
  error: number
}

/**
 * Compares an op's gradient rule with central differences in float64. One random direction through all differentiable inputs at
 * once (as JAX's `check_grads` does): an error in any element shows with probability 1.
 */
export function checkGradient(opCase: OpCase, seed: number, backend: Backend = float64Backend()): GradientCheck {
  const random = rng(seed).split(opCase.name)
  const directions = opCase.inputs.map((input) =>
    input?.differentiable ? input.values.map(() => random.normal()) : null,
  )
  const moved = (step: number): OpCase => ({
    ...opCase,
    inputs: opCase.inputs.map((input, index) => {
      const direction = directions[index]
      if (!input || !direction) return input
      return { ...input, values: input.values.map((value, element) => value + step * (direction[element] ?? 0)) }
    }),
  })
  const value = (step: number) => scalarOf(opCase, runCase(backend, moved(step)).outputs)
  const measured = (value(STEP) - value(-STEP)) / (2 * STEP)

  let claimed = 0
  let magnitude = Math.abs(value(0))
  for (const [index, gradient] of runCase(backend, opCase).gradients.entries()) {
    const direction = directions[index]
    if (!direction) continue
    for (const [element, slope] of present(gradient, `${opCase.name}: input ${index} got no gradient`).entries()) {
      claimed += slope * (direction[element] ?? 0)
      magnitude = Math.max(magnitude, Math.abs(slope))
    }
  }
  return { measured, claimed, error: Math.abs(measured - claimed) / Math.max(1, magnitude) }
}
