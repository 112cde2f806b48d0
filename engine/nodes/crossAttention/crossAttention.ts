import { causalSetting, checkAttention, headsSetting, lowerCrossAttention } from '../attend'
import { defineNode } from '../defineNode'
import { featuresOf, IN, inPort, inputShape, inputValue, OUT, outPort, resized } from '../lowering'
import { plural } from '../words'

const MEMORY = 'memory'

/** PyTorch's MultiheadAttention with `kdim` and `vdim`: queries [T, B, E], memory [T, B, M] → [T, B, E]. */
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
  synonyms: ['attention', 'encoder-decoder', 'memory', 'query', 'multi-head', 'look'],
  settings: { heads: headsSetting, causal: causalSetting },
  ports: () => ({
    inputs: [
      inPort('sequence that asks', ['sequence']),
      { name: MEMORY, label: 'sequence to look into', kinds: ['sequence'] },
    ],
    outputs: [outPort('what each step took', ['sequence'])],
  }),
  describe: ({ heads, causal }) => `${plural(heads, 'head')}${causal ? ', looks back only' : ''}`,
  wants: (_settings, _data, wanted) => ({ [IN]: wanted[OUT] ?? null, [MEMORY]: null }),
  shapes(context) {
    const shape = inputShape(context.inputs, IN)
    const features = featuresOf(shape)
    return checkAttention(context, features, context.settings) ? { [OUT]: resized(shape, features) } : null
  },
  lower(context) {
    const { inputs } = context.shapes
    const widths = { asking: featuresOf(inputShape(inputs, IN)), memory: featuresOf(inputShape(inputs, MEMORY)) }
    const values = { asking: inputValue(context, IN), memory: inputValue(context, MEMORY) }
    return { [OUT]: lowerCrossAttention(context, values, widths, context.settings, OUT) }
  },
})
