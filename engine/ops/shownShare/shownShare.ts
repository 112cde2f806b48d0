import { assertNever, invariant } from '../../base/invariant'
import type { Attributes } from '../../ir/program'
import { defineOp } from '../defineOp'
import { f32, floatInput, numberAttribute, sameDims, textAttribute } from '../valueRules'

/** How the share of right symbols falls from the first step of a run to its last. */
export type Fall = 'linear' | 'exponential' | 'inverseSigmoid'

/** What is left at the last step of an exponential fall. */
const EXPONENTIAL_REST = 0.01
/** ln k of the inverse sigmoid k / (k + e^(i/k)), which puts its middle into the middle of a run. */
const SIGMOID_STEEPNESS = 6

/**
 * Scheduled sampling (Bengio 2015, "Scheduled sampling for sequence prediction with recurrent neural networks", section 2.4): the share of
 * right symbols that a decoder is shown, falling with the training's progress p from `start` towards `end` as end + (start − end) · s(p), where
 * s is 1 − p (linear), k^p (exponential) or k / (k + e^(i/k)) over the i steps of a run (inverse sigmoid). Input: progress f32 [1] between 0
 * and 1. Attributes fall, start, end. Output: f32 [1].
 */
export const shownShare = defineOp({
  name: 'shownShare',
  infer(inputs, attributes) {
    sameDims('shownShare', 'progress', floatInput('shownShare', inputs, 0, 1), [1])
    readFall(attributes)
    return [f32(1)]
  },
})

/** The share at progress `p`. */
export function shareAt(attributes: Attributes, p: number): number {
  const { fall, start, end } = readFall(attributes)
  return end + (start - end) * left(fall, p)
}

function left(fall: Fall, p: number): number {
  switch (fall) {
    case 'linear':
      return 1 - p
    case 'exponential':
      return EXPONENTIAL_REST ** p
    case 'inverseSigmoid':
      return 1 / (1 + Math.exp(SIGMOID_STEEPNESS * (2 * p - 1)))
    default:
      return assertNever(fall)
  }
}

function readFall(attributes: Attributes): { fall: Fall; start: number; end: number } {
  const fall = textAttribute('shownShare', attributes, 'fall')
  invariant(fall === 'linear' || fall === 'exponential' || fall === 'inverseSigmoid', `shownShare: no fall ${fall}`)
  const [start, end] = [
    numberAttribute('shownShare', attributes, 'start'),
    numberAttribute('shownShare', attributes, 'end'),
  ]
  invariant(
    [start, end].every((share) => share >= 0 && share <= 1),
    `shownShare: from ${start} to ${end}`,
  )
  return { fall, start, end }
}
