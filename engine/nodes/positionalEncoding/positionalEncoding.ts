import { defineNode } from '../defineNode'
import { featuresOf, IN, inPort, inputShape, inputValue, OUT, outPort, resized } from '../lowering'
import { formatCount, plural } from '../words'

/** [T, B, F] + a row for each step: waves (Vaswani et al. 2017, 3.5), or weight [maximum, F], learned. */
export const positionalEncoding = defineNode({
  type: 'positionalEncoding',
  title: 'Positional encoding',
  letter: 'P',
  category: 'represent',
  summary: 'Marks every step with its place in the sequence.',
  help: {
    what: 'Adds a pattern of its own to each time step, so that the first, the second and the hundredth can be told apart.',
    why: 'Attention looks at all steps at once and does not know which came first: without a mark “dog bites man” and “man bites dog” are the same to it.',
    when: 'Once, right after the Embedding (or the Dense that widens measurements) and before the first Self-attention or Transformer block. RNN, LSTM and GRU do not need it.',
  },
  picture: { kind: 'waves' },
  synonyms: ['position', 'order', 'place', 'sinusoidal', 'learned', 'transformer', 'timestamp'],
  settings: {
    kind: {
      kind: 'choice',
      label: 'Marks',
      help: 'Where the pattern of each step comes from. Waves work at any length and need no learning.',
      options: [
        { value: 'sinusoidal', label: 'Waves', help: 'Fixed sine and cosine waves of growing length.' },
        { value: 'learned', label: 'Learned', help: 'A list of numbers for every place, learned like an embedding.' },
      ],
      default: 'sinusoidal',
    },
    maximum: {
      kind: 'integer',
      label: 'Longest sequence',
      help: 'How many places have a mark. Sequences may be shorter, but not longer than this.',
      unit: 'steps',
      minimum: 1,
      maximum: 16384,
      default: 512,
      visible: ({ kind }) => kind === 'learned',
    },
  },
  ports: () => ({
    inputs: [inPort('sequence in', ['sequence'])],
    outputs: [outPort('the same, each step marked', ['sequence'])],
  }),
  describe: ({ kind, maximum }) => (kind === 'learned' ? `learned, ${plural(maximum, 'step')} at most` : 'waves'),
  wants: (_settings, _data, wanted) => ({ [IN]: wanted[OUT] ?? null }),
  shapes({ settings, inputs, data, title, node, model, problem }) {
    const { maximumSteps, stepWord } = data
    if (settings.kind === 'learned' && settings.maximum < maximumSteps) {
      problem({
        code: 'positions.short',
        message: `${title} has marks for ${plural(settings.maximum, 'step')}, but the data have up to ${plural(maximumSteps, stepWord)}. Set “Longest sequence” to ${formatCount(maximumSteps)}, or use waves.`,
        setting: 'maximum',
        fix: {
          label: `Set Longest sequence to ${formatCount(maximumSteps)}`,
          edits: [{ kind: 'setSetting', model, node, setting: 'maximum', value: maximumSteps }],
        },
      })
      return null
    }
    return { [OUT]: resized(inputShape(inputs, IN), featuresOf(inputShape(inputs, IN))) }
  },
  lower(context) {
    const { builder, settings, shapes } = context
    const features = featuresOf(inputShape(shapes.inputs, IN))
    const table =
      settings.kind === 'learned'
        ? context.parameter('weight', [settings.maximum, features], { kind: 'normal', deviation: 0.1 })
        : builder.emit('sinusoid', [], { features }, ['waves'])[0]
    const [out] = builder.emit('addPositions', [inputValue(context, IN), table], {}, [OUT])
    return { [OUT]: out }
  },
})
