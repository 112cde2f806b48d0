import { defineNode } from '../defineNode'
import { featuresOf, IN, inPort, inputShape, inputValue, OUT, outPort } from '../lowering'
import { plural } from '../words'

/** PyTorch's Conv1d with (K − 1)·dilation zeros in front: weight [O, I, K]; [T, B, I] → [T, B, O], each step from itself and steps before. */
export const convolution = defineNode({
  type: 'convolution',
  title: 'Convolution',
  letter: 'Cv',
  category: 'represent',
  summary: 'Looks at a few neighbouring steps at a time, everywhere alike.',
  help: {
    what: 'Slides a small window over the sequence. At each step it mixes the numbers of that step and a few before it into new ones, with the same weights everywhere. It never looks ahead.',
    why: 'Short patterns, such as a rise after a dip or a common ending of words, are found wherever they stand. All steps are computed at once, so it is fast.',
    when: 'Before an LSTM, to hand it patterns instead of raw numbers. Or several in a row, each with twice the distance of the one before, to look far back without any memory.',
  },
  picture: { kind: 'window' },
  synonyms: [
    'conv1d',
    'cnn',
    'causal',
    'dilated',
    'temporal convolution',
    'tcn',
    'wavenet',
    'filter',
    'kernel',
    'window',
  ],
  settings: {
    channels: {
      kind: 'integer',
      label: 'Patterns',
      help: 'How many patterns it looks for, and so how many numbers come out at each step.',
      minimum: 1,
      maximum: 2048,
      default: 32,
    },
    size: {
      kind: 'integer',
      label: 'Steps in the window',
      help: 'How many steps a pattern has: the present one and those before it.',
      unit: 'steps',
      minimum: 1,
      maximum: 64,
      default: 3,
    },
    dilation: {
      kind: 'integer',
      label: 'Distance between them',
      help: 'At 1 the steps of the window are neighbours. At 4 it looks at every fourth step, so that it reaches further back with as many weights.',
      unit: 'steps',
      minimum: 1,
      maximum: 1024,
      default: 1,
    },
    activation: {
      kind: 'choice',
      label: 'Activation',
      help: 'How each sum is bent before it goes on.',
      options: [
        { value: 'relu', label: 'ReLU', help: 'Negative sums become 0: the pattern is there, or it is not.' },
        { value: 'tanh', label: 'Tanh', help: 'Smoothly pressed between −1 and 1.' },
        { value: 'none', label: 'None', help: 'Sums go out as they are.' },
      ],
      default: 'relu',
    },
  },
  ports: () => ({
    inputs: [inPort('sequence in', ['sequence'])],
    outputs: [outPort('patterns at each step', ['sequence'])],
  }),
  describe: ({ channels, size, dilation }) =>
    `${plural(channels, 'pattern')} of ${plural(1 + (size - 1) * dilation, 'step')}`,
  shapes: ({ settings }) => ({ [OUT]: { kind: 'sequence', features: settings.channels } }),
  lower(context) {
    const { builder, settings, shapes, lengths } = context
    const { channels, size, dilation, activation } = settings
    const features = featuresOf(inputShape(shapes.inputs, IN))
    const limit = Math.sqrt(6 / ((features + channels) * size))
    const weight = context.parameter('weight', [channels, features, size], { kind: 'uniform', limit })
    const bias = context.parameter('bias', [channels], { kind: 'zeros' })
    const [windows] = builder.emit('causalWindow', [inputValue(context, IN), lengths], { size, dilation }, ['windows'])
    const [flat] = builder.emit('reshape', [weight], { dims: `${channels},${features * size}` }, ['flatWeight'])
    const plain = activation === 'none'
    const [sum] = builder.emit('linear', [windows, flat, bias], {}, [plain ? OUT : 'sum'])
    if (plain) return { [OUT]: sum }
    const [out] = builder.emit('activation', [sum], { kind: activation }, [OUT])
    return { [OUT]: out }
  },
})
