import type { Dim, Fragment, ValueId, ValueType } from '../ir/program'
import { ops } from '../ops'
import { keepForGradient } from '../ops/scan/backwardFragment'
import { FragmentBuilder } from '../ops/scan/fragmentBuilder'
import { constant, floats, integers } from './caseInputs'
import type { Maker } from './opCase'

const f32 = (...dims: Dim[]): ValueType => ({ dtype: 'f32', dims })

/** A plain recurrent cell: what the op `rnn` does, out of its parts. Inputs: x, weight_ih, weight_hh, bias_ih, bias_hh. */
export function rnnBody(inputs: number, hidden: number): Fragment {
  const builder = new FragmentBuilder(ops)
  const state = builder.state('h', f32('B', hidden))
  const x = builder.sequence('x', f32('B', inputs))
  const { ofInput, ofState } = twoProducts(builder, x, state, inputs, hidden, hidden)
  const [sum] = builder.emit('add', [ofInput, ofState])
  const [next] = builder.emit('activation', [sum], { kind: 'tanh' })
  builder.carry(state, next)
  return keepForGradient(builder.finish([next]), ops)
}

/** An LSTM cell out of products, slices and gates, in PyTorch's order i f g o. Inputs as above; states h and c. */
export function lstmBody(inputs: number, hidden: number): Fragment {
  const builder = new FragmentBuilder(ops)
  const state = builder.state('h', f32('B', hidden))
  const memory = builder.state('c', f32('B', hidden))
  const x = builder.sequence('x', f32('B', inputs))
  const { ofInput, ofState } = twoProducts(builder, x, state, inputs, hidden, 4 * hidden)
  const [sum] = builder.emit('add', [ofInput, ofState])
  const gate = (block: number, kind: string): ValueId => {
    const [part] = builder.emit('slice', [sum], { first: block * hidden, count: hidden })
    return builder.emit('activation', [part], { kind })[0]
  }
  const [input, forget, proposal, output] = [
    gate(0, 'sigmoid'),
    gate(1, 'sigmoid'),
    gate(2, 'tanh'),
    gate(3, 'sigmoid'),
  ]
  const [kept] = builder.emit('multiply', [forget, memory])
  const [written] = builder.emit('multiply', [input, proposal])
  const [nextMemory] = builder.emit('add', [kept, written])
  const [shown] = builder.emit('activation', [nextMemory], { kind: 'tanh' })
  const [next] = builder.emit('multiply', [output, shown])
  builder.carry(state, next)
  builder.carry(memory, nextMemory)
  return keepForGradient(builder.finish([next]), ops)
}

function twoProducts(
  builder: FragmentBuilder,
  x: ValueId,
  state: ValueId,
  inputs: number,
  hidden: number,
  outputs: number,
): { ofInput: ValueId; ofState: ValueId } {
  const weightIh = builder.constant('weight_ih', f32(outputs, inputs))
  const weightHh = builder.constant('weight_hh', f32(outputs, hidden))
  const biasIh = builder.constant('bias_ih', f32(outputs))
  const biasHh = builder.constant('bias_hh', f32(outputs))
  const [ofInput] = builder.emit('linear', [x, weightIh, biasIh])
  const [ofState] = builder.emit('linear', [state, weightHh, biasHh])
  return { ofInput, ofState }
}

/** Every step reads the same whole sequence and adds to the gradient of all of it; from the last step to the first. */
function readingBody(hidden: number): Fragment {
  const builder = new FragmentBuilder(ops)
  const state = builder.state('h', f32('B', hidden))
  const x = builder.sequence('x', f32('B', hidden))
  const memory = builder.constant('memory', f32('T', 'B', hidden))
  const weight = builder.constant('weight', f32(1, hidden))
  const factor = builder.constant('factor', f32('B', hidden))
  const lengths = builder.constant('lengths', { dtype: 'i32', dims: ['B'] })
  const [scores] = builder.emit('linear', [memory, weight, null])
  const [read] = builder.emit('attentionPool', [memory, scores, lengths])
  const [mixed] = builder.emit('multiply', [read, factor])
  const [with_] = builder.emit('add', [mixed, x])
  const [sum] = builder.emit('add', [with_, state])
  const [next] = builder.emit('activation', [sum], { kind: 'tanh' })
  builder.carry(state, next)
  return keepForGradient({ ...builder.finish([next, read]), reverse: true }, ops)
}

/** A state that nothing carries on, one that no gradient passes, and an output that is a state. */
function oddBody(hidden: number): Fragment {
  const builder = new FragmentBuilder(ops)
  const lost = builder.state('lost', f32('B', hidden))
  const h = builder.state('h', f32('B', hidden))
  const x = builder.sequence('x', f32('B', hidden), true)
  const [product] = builder.emit('multiply', [x, h])
  const [sum] = builder.emit('add', [product, lost])
  const [next] = builder.emit('activation', [sum], { kind: 'sigmoid' })
  builder.carry(h, next)
  return keepForGradient(builder.finish([h, next]), ops)
}

/** A scan in a scan: each step walks over the whole memory. */
function nestedBody(hidden: number): Fragment {
  const inner = rnnBody(hidden, hidden)
  const builder = new FragmentBuilder(ops)
  const state = builder.state('h', f32('B', hidden))
  const x = builder.sequence('x', f32('B', hidden))
  const memory = builder.constant('memory', f32('T', 'B', hidden))
  const weights = [f32(hidden, hidden), f32(hidden, hidden), f32(hidden), f32(hidden)].map((type, index) =>
    builder.constant(`weight ${index}`, type),
  )
  const lengths = builder.constant('lengths', { dtype: 'i32', dims: ['B'] })
  const outputs = builder.emit('scan', [lengths, state, memory, ...weights], { body: inner })
  const [next] = builder.emit('multiply', [outputs[inner.outputs.length] ?? outputs[0], x])
  builder.carry(state, next)
  return keepForGradient(builder.finish([next]), ops)
}

/** Cases of the op `scan`, over several bodies, and of the ops that are made for bodies. */
export const scanMakers: Record<string, Maker> = {
  gruCell: ({ random, sizes, shape: { H } }) => ({
    inputs: [
      floats(random, sizes, ['B', 3 * H], 2),
      floats(random, sizes, ['B', 3 * H], 2),
      floats(random, sizes, ['B', H]),
    ],
  }),
  lstmCell: ({ random, sizes, shape: { H } }) => ({
    inputs: [floats(random, sizes, ['B', 4 * H], 2), floats(random, sizes, ['B', H])],
    differentiable: [0, 1],
  }),
  'lstmCell that only its state leaves': ({ random, sizes, shape: { H } }) => ({
    inputs: [floats(random, sizes, ['B', 4 * H], 2), floats(random, sizes, ['B', H])],
  }),
  'lstmCell that only its memory leaves': ({ random, sizes, shape: { H } }) => ({
    inputs: [floats(random, sizes, ['B', 4 * H], 2), floats(random, sizes, ['B', H])],
    differentiable: [1],
  }),
  'attend by products': ({ random, sizes, shape: { I, H }, lengths }) => ({
    inputs: [
      floats(random, sizes, ['B', H]),
      floats(random, sizes, ['T', 'B', H]),
      floats(random, sizes, ['T', 'B', I]),
      null,
      lengths,
    ],
  }),
  'attend through tanh': ({ random, sizes, shape: { I, H }, lengths }) => ({
    inputs: [
      floats(random, sizes, ['B', H]),
      floats(random, sizes, ['T', 'B', H]),
      floats(random, sizes, ['T', 'B', I]),
      floats(random, sizes, [H], 3),
      lengths,
    ],
  }),
  largest: ({ random, sizes, shape: { H } }) => ({ inputs: [floats(random, sizes, ['B', H])], differentiable: [] }),
  chooseTokens: ({ random, sizes, shape: { H } }) => ({
    inputs: [
      integers(sizes, ['B'], () => random.integer(H)),
      integers(sizes, ['B'], () => random.integer(H)),
      integers(sizes, [2], () => random.integer(1000)),
      integers(sizes, [1], () => random.integer(5)),
      { dtype: 'f32', dims: [1], values: [Math.fround(0.4)], differentiable: false },
    ],
    attributes: { stream: 2 },
    differentiable: [],
  }),
  'scan of an rnn cell': ({ random, sizes, shape: { I, H }, lengths }) => ({
    inputs: [
      lengths,
      floats(random, sizes, ['B', H]),
      floats(random, sizes, ['T', 'B', I]),
      floats(random, sizes, [H, I]),
      floats(random, sizes, [H, H], 1.5 / Math.sqrt(H)),
      floats(random, sizes, [H]),
      floats(random, sizes, [H]),
    ],
    attributes: { body: rnnBody(I, H) },
    differentiable: [0, rnnBody(I, H).outputs.length],
  }),
  'scan of an lstm cell': ({ random, sizes, shape: { I, H }, lengths }) => ({
    inputs: [
      lengths,
      null,
      floats(random, sizes, ['B', H]),
      floats(random, sizes, ['T', 'B', I]),
      floats(random, sizes, [4 * H, I]),
      floats(random, sizes, [4 * H, H], 1.5 / Math.sqrt(H)),
      floats(random, sizes, [4 * H]),
      floats(random, sizes, [4 * H]),
    ],
    attributes: { body: lstmBody(I, H) },
  }),
  'scan backwards over a sequence that every step reads': ({ random, sizes, shape: { H }, lengths }) => ({
    inputs: [
      lengths,
      floats(random, sizes, ['B', H]),
      floats(random, sizes, ['T', 'B', H]),
      floats(random, sizes, ['T', 'B', H]),
      floats(random, sizes, [1, H], 1.5 / Math.sqrt(H)),
      floats(random, sizes, ['B', H]),
      lengths,
    ],
    attributes: { body: readingBody(H) },
    differentiable: [0, 1],
  }),
  'scan of states that end': ({ random, sizes, shape: { H }, lengths }) => ({
    inputs: [
      lengths,
      floats(random, sizes, ['B', H]),
      floats(random, sizes, ['B', H]),
      floats(random, sizes, ['T', 'B', H]),
    ],
    attributes: { body: oddBody(H) },
    differentiable: [0, 1],
  }),
  'scan in a scan': ({ random, sizes, shape: { T, H }, lengths }) => {
    // As many steps as the square of T: fewer numbers for the long shapes.
    const width = T > 10 ? 2 : H
    return {
      inputs: [
        lengths,
        floats(random, sizes, ['B', width]),
        floats(random, sizes, ['T', 'B', width]),
        floats(random, sizes, ['T', 'B', width]),
        ...[0, 1].map(() => floats(random, sizes, [width, width], 1 / Math.sqrt(width))),
        ...[0, 1].map(() => floats(random, sizes, [width])),
        constant(lengths),
      ],
      attributes: { body: nestedBody(width) },
    }
  },
}
