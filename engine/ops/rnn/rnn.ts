import { invariant } from '../../base/invariant'
import type { Attributes } from '../../ir/program'
import { defineRecurrent, defineRecurrentGradient } from '../recurrent/defineRecurrent'
import type { RecurrentKind } from '../recurrent/recurrentSlots'
import { textAttribute } from '../valueRules'

/** Reads attribute `nonlinearity`. */
export function rnnNonlinearity(attributes: Attributes): 'tanh' | 'relu' {
  const nonlinearity = textAttribute('rnn', attributes, 'nonlinearity')
  invariant(nonlinearity === 'tanh' || nonlinearity === 'relu', `rnn: unknown nonlinearity ${nonlinearity}`)
  return nonlinearity
}

/**
 * Plain recurrent layer over a whole sequence (Elman 1990, PyTorch's `RNN`): h = f(W_ih x + b_ih + W_hh h + b_hh), f by attribute
 * `nonlinearity`. Inputs and outputs: see `defineRecurrent`. y is 0 past an example's length.
 */
export const rnnKind: RecurrentKind = {
  name: 'rnn',
  gates: 1,
  groups: [1],
  kept: [],
  // The gradient before the nonlinearity.
  work: [{ field: 'dGates', width: 1, over: 'dy' }],
  memory: false,
  peepholes: [],
  options: ['masked', 'normalised'],
  check: rnnNonlinearity,
}

export const rnn = defineRecurrent(rnnKind)
export const rnnGradient = defineRecurrentGradient(rnnKind)
