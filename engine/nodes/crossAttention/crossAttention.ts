import { assertNever } from '../../base/invariant'
import { causalSetting, checkAttention, headsSetting, lookDropoutSetting, lowerCrossAttention } from '../attend'
import { lowerAdditive, lowerLikeness, markingSize } from '../attendScores'
import { defineNode } from '../defineNode'
import { featuresOf, IN, inPort, inputShape, inputValue, OUT, outPort, resized } from '../lowering'
import { formatCount, plural } from '../words'

const MEMORY = 'memory'

/**
 * PyTorch's MultiheadAttention with `kdim` and `vdim`: queries [T, B, E], memory [T, B, M] → [T, B, E]; or one look at the memory as it is, →
 * [T, B, M], scored as Luong et al. 2015 (dot, general) or Bahdanau et al. 2015 (additive).
 */
export const crossAttention = defineNode({
  type: 'crossAttention',
  title: 'Cross-attention',
  letter: 'X',
  category: 'attend',
  summary: 'Lets every step of one sequence look into another.',
  help: {
    what: 'The steps of the first sequence ask, the steps of the second answer: each asking step receives a blend of the answers that fit it best. Questions, answers and fit are learned.',
    why: 'One branch can fetch from another what it needs at each moment, wherever that stands, instead of only what stands at the same step.',
    when: 'When a model has two branches over the same sequence, such as an LSTM that asks and the plain embeddings that it asks. With only one sequence, use Self-attention.',
  },
  picture: { kind: 'attention', looksAt: 'other' },
  synonyms: [
    'attention',
    'encoder-decoder',
    'memory',
    'query',
    'multi-head',
    'look',
    'luong',
    'bahdanau',
    'additive',
    'dot product',
  ],
  settings: {
    score: {
      kind: 'choice',
      label: 'Steps fit',
      help: 'How it is told which steps of the second sequence suit a step that asks.',
      options: [
        {
          value: 'heads',
          label: 'By several learned looks',
          help: 'Questions, answers and what is taken are all learned (scaled dot product): the usual choice',
        },
        {
          value: 'dot',
          label: 'By likeness alone',
          help: 'Nothing is learned: steps with similar numbers fit (dot product). Both must be equally wide',
        },
        {
          value: 'general',
          label: 'By a learned likeness',
          help: 'One table of weights says which numbers belong together (Luong). Steps are taken as they are',
        },
        {
          value: 'additive',
          label: 'By a small network',
          help: 'Question and answer are added, bent and marked (Bahdanau). Steps are taken as they are; slower on long sequences',
        },
      ],
      default: 'heads',
    },
    heads: { ...headsSetting, visible: ({ score }) => score === 'heads' },
    size: { ...markingSize, visible: ({ score }) => score === 'additive' },
    causal: causalSetting,
    dropout: { ...lookDropoutSetting, visible: ({ score }) => score === 'heads' },
  },
  ports: () => ({
    inputs: [
      inPort('sequence that asks', ['sequence']),
      { name: MEMORY, label: 'sequence to look into', kinds: ['sequence'] },
    ],
    outputs: [outPort('what each step took', ['sequence'])],
  }),
  describe: ({ score, heads, causal }) => `${looks[score](heads)}${causal ? ', looks back only' : ''}`,
  wants({ score }, _data, wanted) {
    const out = wanted[OUT] ?? null
    return score === 'heads' ? { [IN]: out, [MEMORY]: null } : { [IN]: score === 'dot' ? out : null, [MEMORY]: out }
  },
  shapes(context) {
    const { settings, title, node, model, problem } = context
    const { score, heads, causal } = settings
    const [asking, memory] = [inputShape(context.inputs, IN), inputShape(context.inputs, MEMORY)]
    const widths = { asking: featuresOf(asking), memory: featuresOf(memory) }
    if (score === 'heads') {
      return checkAttention(context, widths.asking, { heads, causal })
        ? { [OUT]: resized(asking, widths.asking) }
        : null
    }
    if (score === 'dot' && widths.asking !== widths.memory) {
      problem({
        code: 'attention.widths',
        message: `${title}: to be compared as they are, both sequences must be equally wide, but one has ${plural(widths.asking, 'number')} at each step and the other ${formatCount(widths.memory)}. Bring one to the width of the other with a Dense, or let the likeness be learned.`,
        setting: 'score',
        fix: {
          label: 'Learn the likeness',
          edits: [{ kind: 'setSetting', model, node, setting: 'score', value: 'general' }],
        },
      })
      return null
    }
    return checkAttention(context, widths.memory, { heads: 1, causal })
      ? { [OUT]: resized(memory, widths.memory) }
      : null
  },
  lower(context) {
    const { inputs } = context.shapes
    const { score, causal, size } = context.settings
    const widths = { asking: featuresOf(inputShape(inputs, IN)), memory: featuresOf(inputShape(inputs, MEMORY)) }
    const values = { asking: inputValue(context, IN), memory: inputValue(context, MEMORY) }
    switch (score) {
      case 'heads':
        return { [OUT]: lowerCrossAttention(context, values, widths, context.settings, OUT) }
      case 'dot':
      case 'general':
        return { [OUT]: lowerLikeness(context, values, widths, { learned: score === 'general', causal }, OUT) }
      case 'additive':
        return { [OUT]: lowerAdditive(context, values, widths, { size, causal }, OUT) }
      default:
        return assertNever(score)
    }
  },
})

/** On the card, by score. */
const looks = {
  heads: (heads: number) => plural(heads, 'head'),
  dot: () => 'by likeness',
  general: () => 'by a learned likeness',
  additive: () => 'by a small network',
} as const
