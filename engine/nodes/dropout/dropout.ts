import { defineNode } from '../defineNode'
import { IN, inPort, inputShape, inputValue, OUT, outPort } from '../lowering'

/** Inverted dropout (Srivastava 2014), while training only; any shape. */
export const dropout = defineNode({
  type: 'dropout',
  title: 'Dropout',
  letter: 'Dr',
  category: 'represent',
  summary: 'Hides random numbers while training, so that the model learns by heart less.',
  help: {
    what: 'While training it sets a random share of the numbers to 0, each time another one, and scales up the rest. When the model is tested or used it does nothing.',
    why: 'A model that can never count on a single number has to learn the pattern instead of the examples. That helps when the training loss goes on falling while the validation loss rises.',
    when: 'Between layers of a model that learns by heart: 10 to 30 % as a start, up to 50 % for large models on little data.',
  },
  picture: { kind: 'hide' },
  synonyms: ['regularisation', 'regularization', 'overfitting', 'noise', 'mask'],
  settings: {
    rate: {
      kind: 'fraction',
      label: 'Share hidden',
      help: 'How many of the numbers are hidden at each training step. More protects better against learning by heart, but slows learning.',
      maximum: 0.9,
      default: 0.1,
    },
  },
  ports: () => ({
    inputs: [inPort('sequence or vector in', ['sequence', 'vector'])],
    outputs: [outPort('the same, some hidden', ['sequence', 'vector'])],
  }),
  describe: ({ rate }) => `hides ${Number((rate * 100).toFixed(1))} %`,
  wants: (_settings, _data, wanted) => ({ [IN]: wanted[OUT] ?? null }),
  shapes: ({ inputs }) => ({ [OUT]: inputShape(inputs, IN) }),
  lower(context) {
    const x = inputValue(context, IN)
    const { rate } = context.settings
    if (context.mode === 'predict' || rate === 0) return { [OUT]: x }
    const stream = context.builder.stream()
    const [out] = context.builder.emit('dropout', [x, context.feed.randomSeed()], { rate, stream }, [OUT])
    return { [OUT]: out }
  },
})
