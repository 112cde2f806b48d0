import { defineNode } from '../defineNode'
import { featuresOf, IN, inPort, inputShape, inputValue, OUT, outPort } from '../lowering'
import { plural } from '../words'

/**
 * Additive attention over time (Bahdanau et al. 2015) without a query: score = `score.weight` [1, A] · tanh(`attention.weight` [A, F] ·
 * x + `attention.bias` [A]); [T, B, F] → [B, F], the valid steps blended by softmax of their scores. A bias of the score would change
 * nothing.
 */
export const attentionPooling = defineNode({
  type: 'attentionPooling',
  title: 'Attention over time',
  letter: 'At',
  category: 'attend',
  summary: 'Blends all steps into one, the telling ones more than the rest.',
  help: {
    what: 'Gives every time step a mark, turns the marks into shares that add up to 1, and adds up the steps by their shares. How to mark is learned along with the rest.',
    why: 'Average over time gives every step the same say, Last step only one. Here the model learns for itself which steps tell most.',
    when: 'To judge a whole text or recording in which few moments decide, behind an LSTM, a GRU or a Transformer block and in front of the last Dense.',
  },
  synonyms: ['bahdanau', 'additive attention', 'pooling', 'weighted average', 'many to one', 'summary'],
  settings: {
    size: {
      kind: 'integer',
      label: 'Marking width',
      help: 'How many numbers it weighs up to mark one step. More can tell finer differences.',
      minimum: 1,
      maximum: 1024,
      default: 32,
    },
  },
  ports: () => ({
    inputs: [inPort('sequence in', ['sequence'])],
    outputs: [outPort('vector out', ['vector'])],
  }),
  describe: ({ size }) => `marks by ${plural(size, 'number')}`,
  wants: (_settings, _data, wanted) => ({ [IN]: wanted[OUT] ?? null }),
  shapes: ({ inputs }) => ({ [OUT]: { kind: 'vector', features: featuresOf(inputShape(inputs, IN)) } }),
  lower(context) {
    const { builder, parameter, settings, lengths } = context
    const x = inputValue(context, IN)
    const features = featuresOf(inputShape(context.shapes.inputs, IN))
    const weight = parameter('attention.weight', [settings.size, features], { kind: 'glorotUniform' })
    const bias = parameter('attention.bias', [settings.size], { kind: 'zeros' })
    const marking = parameter('score.weight', [1, settings.size], { kind: 'glorotUniform' })
    const [sum] = builder.emit('linear', [x, weight, bias], {}, ['sum'])
    const [bent] = builder.emit('activation', [sum], { kind: 'tanh' }, ['bent'])
    const [scores] = builder.emit('linear', [bent, marking, null], {}, ['scores'])
    const [out] = builder.emit('attentionPool', [x, scores, lengths], {}, [OUT, 'shares'])
    return { [OUT]: out }
  },
})
