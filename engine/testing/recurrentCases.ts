import type { Attributes } from '../ir/program'
import { floats } from './caseInputs'
import type { CaseInput, Draw, Maker, OpCase } from './opCase'

/** Cases of rnn, lstm and gru: the plain layers, their variants, and states that come in and go out. */
export const recurrentMakers: Record<string, Maker> = {
  'rnn tanh': (draw) => ({ ...recurrent(draw, 1), attributes: { nonlinearity: 'tanh' } }),
  'rnn relu': (draw) => ({ ...recurrent(draw, 1), attributes: { nonlinearity: 'relu' } }),
  'rnn with states': (draw) => withStates(draw, 1, { nonlinearity: 'tanh' }, 1, [0, 1]),
  lstm: (draw) => recurrent(draw, 4),
  'lstm with peepholes': (draw) => ({
    inputs: [...recurrent(draw, 4).inputs, null, null, ...peepholes(draw)],
    attributes: { peepholes: true },
  }),
  'lstm with states': (draw) => withStates(draw, 4, {}, 2, [0, 3, 4]),
  'lstm that only its last state leaves': (draw) => withStates(draw, 4, {}, 2, [3, 4]),
  'lstm with peepholes and states': (draw) => {
    const made = withStates(draw, 4, { peepholes: true }, 2, [0, 3, 4])
    return { ...made, inputs: [...made.inputs, ...peepholes(draw)] }
  },
  coupledLstm: (draw) => recurrent(draw, 3),
  'coupledLstm with peepholes and states': (draw) => {
    const made = withStates(draw, 3, { peepholes: true }, 2, [0, 3, 4])
    return { ...made, inputs: [...made.inputs, ...peepholes(draw).slice(1)] }
  },
  gru: (draw) => recurrent(draw, 3),
  'gru with states': (draw) => withStates(draw, 3, {}, 1, [0, 3]),
  'gru with reset before the product': (draw) => ({ ...recurrent(draw, 3), attributes: { reset: 'before' } }),
  'gru with reset before the product and states': (draw) => withStates(draw, 3, { reset: 'before' }, 1, [0, 3]),
}

function recurrent({ random, shape: { I, H }, sizes, lengths }: Draw, gates: number): Pick<OpCase, 'inputs'> {
  const limit = 1.5 / Math.sqrt(H)
  return {
    inputs: [
      floats(random, sizes, ['T', 'B', I], 2),
      floats(random, sizes, [gates * H, I], limit),
      floats(random, sizes, [gates * H, H], limit),
      floats(random, sizes, [gates * H]),
      floats(random, sizes, [gates * H]),
      lengths,
    ],
  }
}

/** States in, `count` of them, and out; the last of several rows is empty, so that its state passes through. */
function withStates(
  draw: Draw,
  gates: number,
  attributes: Attributes,
  count: number,
  differentiable: readonly number[],
): Pick<OpCase, 'inputs' | 'attributes' | 'differentiable'> {
  const { random, sizes, shape, lengths } = draw
  const values = lengths.values.map((length, row) => (row > 0 && row === lengths.values.length - 1 ? 0 : length))
  const layer = recurrent({ ...draw, lengths: { ...lengths, values } }, gates)
  const states = Array.from({ length: count }, () => floats(random, sizes, ['B', shape.H]))
  return {
    inputs: [...layer.inputs, ...states],
    attributes: { ...attributes, finalState: true },
    differentiable,
  }
}

function peepholes({ random, shape, sizes }: Draw): CaseInput[] {
  return [0, 1, 2].map(() => floats(random, sizes, [shape.H]))
}
