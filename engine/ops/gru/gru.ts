import { invariant } from '../../base/invariant'
import type { Attributes } from '../../ir/program'
import { defineRecurrent, defineRecurrentGradient } from '../recurrent/defineRecurrent'
import type { RecurrentKind } from '../recurrent/recurrentSlots'

/** Reads attribute `reset`: whether the reset gate acts after the product with the state (the default) or before it. */
export function gruReset(attributes: Attributes): 'after' | 'before' {
  const reset = attributes.reset ?? 'after'
  invariant(reset === 'after' || reset === 'before', `gru: unknown reset ${reset}`)
  return reset
}

/**
 * Gated recurrent unit over a whole sequence. Inputs and outputs: see `defineRecurrent`; kept are gates [T, B, 3H], activated, blocks
 * r z n, and one [T, B, H] more. By attribute `reset`:
 *
 * 'after' (PyTorch's `GRU`): n = tanh(W_in x + b_in + r ⊙ (W_hn h + b_hn)); kept is W_hn h + b_hn, over which backward works out its
 * gradient. 'before' (Cho 2014, not in PyTorch): n = tanh(W_in x + b_in + W_hn (r ⊙ h) + b_hn); kept is r ⊙ h, which backward leaves
 * or makes again. Past an example's length y, gates and kept are 0.
 */
export const gruKind: RecurrentKind = {
  name: 'gru',
  gates: 3,
  groups: [2, 1],
  kept: [
    { field: 'gates', width: 3 },
    { field: 'kept', width: 1 },
  ],
  work: [
    { field: 'dGates', width: 3, over: 'gates' },
    { field: 'dKept', width: 1, over: 'kept' },
  ],
  memory: false,
  peepholes: [],
  options: ['masked', 'normalised'],
  check: gruReset,
}

export const gru = defineRecurrent(gruKind)
export const gruGradient = defineRecurrentGradient(gruKind)
