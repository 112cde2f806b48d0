import { InternalError } from '../base/invariant'
import type { Attributes } from '../ir/program'
import { gruKind } from '../ops/gru/gru'
import { coupledLstmKind, lstmKind } from '../ops/lstm/lstm'
import type { CallField } from '../ops/recurrent/recurrentCall'
import { forwardSlots, type RecurrentKind } from '../ops/recurrent/recurrentSlots'
import { rnnKind } from '../ops/rnn/rnn'
import { floats, halves, withEmptyRow } from './caseInputs'
import type { CaseInput, Draw, Maker } from './opCase'

const tanh = { nonlinearity: 'tanh' }
const masked = { masked: true }
const normalised = { normalised: true }
const projection = { projection: true }
const peepholes = { peepholes: true }
const before = { reset: 'before' }

interface Ends {
  /** States come in and go out; the last of several rows is empty, so that its state passes through. */
  states: boolean
  /** Gradients flow back from the last states alone. */
  silent?: boolean
}

const withStates: Ends = { states: true }

/** Cases of rnn, lstm and gru: the plain layers, their variants and options, and states that come in and go out. */
export const recurrentMakers: Record<string, Maker> = {
  'rnn tanh': layer(rnnKind, tanh),
  'rnn relu': layer(rnnKind, { nonlinearity: 'relu' }),
  'rnn with states': layer(rnnKind, tanh, withStates),
  lstm: layer(lstmKind),
  'lstm with peepholes': layer(lstmKind, peepholes),
  'lstm with states': layer(lstmKind, {}, withStates),
  'lstm that only its last state leaves': layer(lstmKind, {}, { states: true, silent: true }),
  'lstm with peepholes and states': layer(lstmKind, peepholes, withStates),
  'lstm with projection': layer(lstmKind, projection),
  'lstm with peepholes, projection and states': layer(lstmKind, { ...projection, ...peepholes }, withStates),
  coupledLstm: layer(coupledLstmKind),
  'coupledLstm with peepholes and states': layer(coupledLstmKind, peepholes, withStates),
  'coupledLstm with projection and states': layer(coupledLstmKind, projection, withStates),
  'rnn normalised': layer(rnnKind, { ...tanh, ...normalised }),
  'rnn normalised and masked with states': layer(rnnKind, { ...tanh, ...masked, ...normalised }, withStates),
  'lstm normalised': layer(lstmKind, normalised),
  'lstm with every option and states': layer(
    lstmKind,
    { ...masked, ...normalised, ...peepholes, ...projection },
    withStates,
  ),
  'coupledLstm normalised with states': layer(coupledLstmKind, normalised, withStates),
  'gru normalised with states': layer(gruKind, normalised, withStates),
  'gru normalised and masked': layer(gruKind, { ...masked, ...normalised }),
  'gru normalised with reset before the product': layer(gruKind, { ...normalised, ...before }),
  'gru masked and normalised with reset before the product and states': layer(
    gruKind,
    { ...masked, ...normalised, ...before },
    withStates,
  ),
  'rnn masked with states': layer(rnnKind, { ...tanh, ...masked }, withStates),
  'lstm masked': layer(lstmKind, masked),
  'lstm masked with peepholes, projection and states': layer(
    lstmKind,
    { ...masked, ...peepholes, ...projection },
    withStates,
  ),
  'coupledLstm masked with states': layer(coupledLstmKind, masked, withStates),
  'gru masked with states': layer(gruKind, masked, withStates),
  'gru masked with reset before the product': layer(gruKind, { ...masked, ...before }),
  'gru masked with reset before the product and states': layer(gruKind, { ...masked, ...before }, withStates),
  gru: layer(gruKind),
  'gru with states': layer(gruKind, {}, withStates),
  'gru with reset before the product': layer(gruKind, before),
  'gru with reset before the product and states': layer(gruKind, before, withStates),
}

function layer(kind: RecurrentKind, own: Attributes = {}, ends: Ends = { states: false }): Maker {
  const attributes = ends.states ? { ...own, finalState: true } : own
  const slots = forwardSlots(kind, attributes)
  const left: CallField[] = ends.silent ? ['finalState', 'finalMemory'] : ['y', 'finalState', 'finalMemory']
  const places = left.map((field) => slots.outputs.indexOf(field)).filter((place) => place >= 0)
  return (draw) => {
    const inputs = slots.inputs.map((field) => drawField(kind, field, attributes, ends.states, draw))
    while (inputs.at(-1) === null) inputs.pop()
    return { inputs, attributes, differentiable: places }
  }
}

/** null: this instruction does not have it. */
function drawField(
  kind: RecurrentKind,
  field: CallField,
  attributes: Attributes,
  states: boolean,
  { random, sizes, shape, lengths }: Draw,
): CaseInput | null {
  // Norms of one or two numbers are 0 or ±1 whatever those are, with gradients that are nothing but rounding: so there are more.
  const [I, H] = attributes.normalised ? [shape.I + 2, shape.H + 2] : [shape.I, shape.H]
  const wide = kind.gates * H
  // Fewer numbers than cells, where there are several, or more.
  const projected = attributes.normalised ? H + 1 : Math.max(1, Math.floor((2 * H) / 3))
  const P = attributes.projection ? projected : H
  // What is normalised does not mind how large it was; large numbers bend less along the direction of a gradient check.
  const [size, limit] = attributes.normalised ? [20, 4] : [1, 1.5 / Math.sqrt(H)]
  switch (field) {
    case 'x':
      return floats(random, sizes, ['T', 'B', I], 2)
    case 'weightIh':
      return floats(random, sizes, [wide, I], limit)
    case 'weightHh':
      // Half as large behind a mask, which doubles: no layer of a test may run chaotic.
      return floats(random, sizes, [wide, P], attributes.masked ? limit / 2 : limit)
    case 'biasIh':
    case 'biasHh':
      return floats(random, sizes, [wide])
    case 'lengths':
      return states ? withEmptyRow(lengths) : lengths
    case 'initialState':
      return states ? floats(random, sizes, ['B', P], size) : null
    case 'initialMemory':
      return states ? floats(random, sizes, ['B', H]) : null
    case 'peepholeI':
    case 'peepholeF':
    case 'peepholeO':
      return attributes.peepholes ? floats(random, sizes, [H]) : null
    case 'gainIh':
    case 'gainHh':
      return floats(random, sizes, [wide])
    case 'mask':
      return halves(random, sizes, ['B', P])
    case 'weightHr':
      return floats(random, sizes, [P, H], limit)
    default:
      throw new InternalError(`${field} is no input of ${kind.name}`)
  }
}
