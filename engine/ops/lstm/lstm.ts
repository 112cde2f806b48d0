import { defineRecurrent, defineRecurrentGradient } from '../recurrent/defineRecurrent'
import type { RecurrentKind } from '../recurrent/recurrentSlots'

/**
 * Long short-term memory over a whole sequence (Hochreiter & Schmidhuber 1997 with forget gate, PyTorch's `LSTM`). Inputs and
 * outputs: see `defineRecurrent`; kept are gates [T, B, 4H], activated, blocks i f g o, and cells [T, B, H]. Past an example's length
 * y and gates are 0 and cells repeat the last state.
 *
 * With attribute `peepholes` (Gers & Schmidhuber 2000, not in PyTorch) the gates also see the cell c through diagonal weights [H]:
 * peephole_i ⊙ c and peephole_f ⊙ c of the step before are added to what i and f are made of, peephole_o ⊙ c of this step to o.
 */
export const lstmKind: RecurrentKind = {
  name: 'lstm',
  gates: 4,
  groups: [4],
  kept: [
    { field: 'gates', width: 4 },
    { field: 'kept', width: 1 },
  ],
  work: [{ field: 'dGates', width: 4, over: 'gates' }],
  memory: true,
  peepholes: ['peepholeI', 'peepholeF', 'peepholeO'],
  options: ['masked', 'normalised', 'projection'],
  check: () => {},
}

export const lstm = defineRecurrent(lstmKind)
export const lstmGradient = defineRecurrentGradient(lstmKind)

/**
 * The same with input and forget gate coupled (Greff 2017's CIFG, not in PyTorch): f = 1 − i, so that there are three gates, blocks
 * i g o everywhere, and with `peepholes` no peephole_f.
 */
export const coupledLstmKind: RecurrentKind = {
  ...lstmKind,
  name: 'coupledLstm',
  gates: 3,
  groups: [3],
  kept: [
    { field: 'gates', width: 3 },
    { field: 'kept', width: 1 },
  ],
  work: [{ field: 'dGates', width: 3, over: 'gates' }],
  peepholes: ['peepholeI', 'peepholeO'],
}

export const coupledLstm = defineRecurrent(coupledLstmKind)
export const coupledLstmGradient = defineRecurrentGradient(coupledLstmKind)
