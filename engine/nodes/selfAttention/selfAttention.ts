import {
  causalSetting,
  checkAttention,
  headsSetting,
  lookDropoutSetting,
  lowerSelfAttention,
  rotarySetting,
} from '../attend'
import { defineNode } from '../defineNode'
import { featuresOf, IN, inPort, inputShape, inputValue, OUT, outPort, resized } from '../lowering'
import { plural } from '../words'

/** PyTorch's MultiheadAttention with query, key and value alike: [T, B, E] → [T, B, E]. */
export const selfAttention = defineNode({
  type: 'selfAttention',
  title: 'Self-attention',
  letter: 'Sa',
  category: 'attend',
  summary: 'Lets every step look at all others and take what it needs.',
  help: {
    what: 'Each step asks a question, each step offers an answer, and every step receives a blend of the answers that fit its question best. Questions, answers and fit are learned.',
    why: 'Any two steps are neighbours to it, however far apart they stand, so nothing has to be carried through all the steps between them as in an LSTM.',
    when: 'Behind a Positional encoding (or with its own marks switched on), or behind an LSTM to look back over all of its memory. With Add and Layer norm around it, it is the heart of a Transformer block.',
  },
  picture: { kind: 'attention', looksAt: 'itself' },
  synonyms: ['attention', 'multi-head', 'transformer', 'query', 'key', 'value', 'mha', 'look', 'rotary', 'rope'],
  settings: { heads: headsSetting, causal: causalSetting, rotary: rotarySetting, dropout: lookDropoutSetting },
  ports: () => ({
    inputs: [inPort('sequence in', ['sequence'])],
    outputs: [outPort('what each step took', ['sequence'])],
  }),
  describe: ({ heads, causal }) => `${plural(heads, 'head')}${causal ? ', looks back only' : ''}`,
  wants: (_settings, _data, wanted) => ({ [IN]: wanted[OUT] ?? null }),
  shapes(context) {
    const shape = inputShape(context.inputs, IN)
    const features = featuresOf(shape)
    return checkAttention(context, features, context.settings) ? { [OUT]: resized(shape, features) } : null
  },
  lower(context) {
    const features = featuresOf(inputShape(context.shapes.inputs, IN))
    return { [OUT]: lowerSelfAttention(context, inputValue(context, IN), features, context.settings, '', OUT) }
  },
})
