import type { ValueId } from '../../ir/program'
import { markingSize } from '../attendScores'
import { defineNode, type LoweringContext } from '../defineNode'
import { featuresOf, IN, inPort, inputShape, inputValue, OUT, outPort } from '../lowering'
import type { SettingsSpec } from '../settings'
import { plural } from '../words'

/**
 * Additive attention over time (Bahdanau et al. 2015) without a query: score = `score.weight` [1, A] · tanh(`attention.weight` [A, F] ·
 * x + `attention.bias` [A]); or a dot product with one learned question, `query.weight` [1, F] · x, for scaled over √F. [T, B, F] → [B, F],
 * the valid steps blended by softmax of their scores. A bias of the score would change nothing.
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
  picture: { kind: 'attention', looksAt: 'all' },
  synonyms: ['bahdanau', 'additive attention', 'pooling', 'weighted average', 'many to one', 'summary'],
  settings: {
    score: {
      kind: 'choice',
      label: 'Steps are marked',
      help: 'How a step’s numbers become its mark.',
      options: [
        {
          value: 'additive',
          label: 'By a small network',
          help: 'Can tell combinations of numbers (Bahdanau); the usual choice',
        },
        { value: 'dot', label: 'By likeness to a question', help: 'One learned question; few weights (dot product)' },
        {
          value: 'scaled',
          label: 'By likeness, softened',
          help: 'The same, but marks lie closer together (scaled dot product)',
        },
      ],
      default: 'additive',
    },
    size: { ...markingSize, visible: ({ score }) => score === 'additive' },
  },
  ports: () => ({
    inputs: [inPort('sequence in', ['sequence'])],
    outputs: [outPort('vector out', ['vector'])],
  }),
  describe: ({ score, size }) => (score === 'additive' ? `marks by ${plural(size, 'number')}` : 'marks by likeness'),
  wants: (_settings, _data, wanted) => ({ [IN]: wanted[OUT] ?? null }),
  shapes: ({ inputs }) => ({ [OUT]: { kind: 'vector', features: featuresOf(inputShape(inputs, IN)) } }),
  lower(context) {
    const { builder, lengths } = context
    const x = inputValue(context, IN)
    const features = featuresOf(inputShape(context.shapes.inputs, IN))
    const scores =
      context.settings.score === 'additive' ? markByNetwork(context, x, features) : markByLikeness(context, x, features)
    const [out] = builder.emit('attentionPool', [x, scores, lengths], {}, [OUT, 'shares'])
    return { [OUT]: out }
  },
})

type Marking = Pick<LoweringContext<SettingsSpec>, 'builder' | 'parameter'>

function markByNetwork(
  { builder, parameter, settings }: Marking & { settings: { size: number } },
  x: ValueId,
  features: number,
): ValueId {
  const weight = parameter('attention.weight', [settings.size, features], { kind: 'glorotUniform' })
  const bias = parameter('attention.bias', [settings.size], { kind: 'zeros' })
  const marking = parameter('score.weight', [1, settings.size], { kind: 'glorotUniform' })
  const [sum] = builder.emit('linear', [x, weight, bias], {}, ['sum'])
  const [bent] = builder.emit('activation', [sum], { kind: 'tanh' }, ['bent'])
  return builder.emit('linear', [bent, marking, null], {}, ['scores'])[0]
}

function markByLikeness(
  { builder, parameter, settings }: Marking & { settings: { score: string } },
  x: ValueId,
  features: number,
): ValueId {
  const question = parameter('query.weight', [1, features], { kind: 'glorotUniform' })
  const [scores] = builder.emit('linear', [x, question, null], {}, ['scores'])
  if (settings.score === 'dot') return scores
  return builder.emit('scale', [scores], { factor: 1 / Math.sqrt(features) }, ['softened'])[0]
}
