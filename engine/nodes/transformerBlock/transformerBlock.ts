import type { ValueId } from '../../ir/program'
import { causalSetting, checkAttention, headsSetting, lowerSelfAttention, rotarySetting } from '../attend'
import { defineNode } from '../defineNode'
import { featuresOf, IN, inPort, inputShape, inputValue, OUT, outPort, resized } from '../lowering'
import { lowerLayerNorm } from '../norm'
import { plural } from '../words'

/**
 * PyTorch's TransformerEncoderLayer with its names of weights: [T, B, E] → [T, B, E]. Dropout falls where PyTorch's `dropout`,
 * `dropout1` and `dropout2` do, and on the attention weights.
 */
export const transformerBlock = defineNode({
  type: 'transformerBlock',
  title: 'Transformer block',
  letter: 'Tb',
  category: 'attend',
  summary: 'Looks anywhere, then thinks about it: one layer of a Transformer.',
  help: {
    what: 'A Self-attention with which each step gathers from the others, then two Dense layers in which it works on what it found. Around both leads a way straight past, and a Layer norm keeps the scale.',
    why: 'Blocks can be stacked many deep and still learn. They work on all steps at once, so they train fast on long sequences, where an LSTM must go step by step.',
    when: 'Two to six in a row after an Embedding and a Positional encoding. On short sequences or little data an LSTM of the same size is often as good.',
  },
  picture: { kind: 'block', parts: ['look', 'think'] },
  synonyms: ['transformer', 'encoder', 'attention', 'gpt', 'bert', 'decoder', 'feed-forward', 'rotary', 'rope'],
  settings: {
    heads: headsSetting,
    feedForward: {
      kind: 'integer',
      label: 'Thinking width',
      help: 'How many numbers the two Dense layers inside work with. Two to four times the width of the sequence is usual.',
      minimum: 1,
      maximum: 8192,
      default: 128,
    },
    causal: causalSetting,
    rotary: rotarySetting,
    norm: {
      kind: 'choice',
      label: 'Layer norm',
      help: 'Where the scale is set right. Before each part trains more safely; after it is how the first Transformers did it.',
      options: [
        { value: 'before', label: 'Before each part', help: 'Trains safely, even many blocks deep.' },
        { value: 'after', label: 'After each part', help: 'The original order; may need a smaller learning rate.' },
      ],
      default: 'before',
    },
    activation: {
      kind: 'choice',
      label: 'Activation',
      help: 'How the numbers are bent between the two Dense layers inside. The difference is small.',
      options: [
        { value: 'gelu', label: 'GELU', help: 'Like ReLU with a smooth bend, usual today.' },
        { value: 'relu', label: 'ReLU', help: 'Negative numbers become 0; a little faster.' },
      ],
      default: 'gelu',
    },
    dropout: {
      kind: 'fraction',
      label: 'Share hidden',
      help: 'How many of the numbers are hidden at each training step, so that the model learns by heart less.',
      unit: '%',
      maximum: 0.9,
      default: 0.1,
    },
  },
  ports: () => ({
    inputs: [inPort('sequence in', ['sequence'])],
    outputs: [outPort('sequence out', ['sequence'])],
  }),
  describe: ({ heads, causal }) => `${plural(heads, 'head')}${causal ? ', looks back only' : ''}`,
  wants: (_settings, _data, wanted) => ({ [IN]: wanted[OUT] ?? null }),
  shapes(context) {
    const shape = inputShape(context.inputs, IN)
    const features = featuresOf(shape)
    return checkAttention(context, features, context.settings) ? { [OUT]: resized(shape, features) } : null
  },
  lower(context) {
    const { builder, settings, parameter } = context
    const x = inputValue(context, IN)
    const features = featuresOf(inputShape(context.shapes.inputs, IN))
    const inside = settings.feedForward

    const dropped = (value: ValueId, name: string): ValueId => {
      const rate = settings.dropout
      if (context.mode === 'predict' || rate === 0) return value
      const attributes = { rate, stream: builder.stream() }
      return builder.emit('dropout', [value, context.feed.randomSeed()], attributes, [name])[0]
    }
    const norm = (value: ValueId, name: string): ValueId => lowerLayerNorm(context, value, features, `${name}.`, name)
    const linear = (value: ValueId, outputs: number, inputs: number, name: string): ValueId => {
      const weight = parameter(`${name}.weight`, [outputs, inputs], { kind: 'glorotUniform' })
      const bias = parameter(`${name}.bias`, [outputs], { kind: 'zeros' })
      return builder.emit('linear', [value, weight, bias], {}, [name])[0]
    }
    const attend = (value: ValueId): ValueId =>
      dropped(lowerSelfAttention(context, value, features, settings, 'self_attn.', 'self_attn'), 'dropout1')
    const think = (value: ValueId): ValueId => {
      const wide = linear(value, inside, features, 'linear1')
      const [bent] =
        settings.activation === 'gelu'
          ? builder.emit('gelu', [wide])
          : builder.emit('activation', [wide], { kind: settings.activation })
      return dropped(linear(dropped(bent, 'dropout'), features, inside, 'linear2'), 'dropout2')
    }
    const past = (value: ValueId, change: ValueId, name: string): ValueId =>
      builder.emit('add', [value, change], {}, [name])[0]

    if (settings.norm === 'before') {
      const found = past(x, attend(norm(x, 'norm1')), 'found')
      return { [OUT]: past(found, think(norm(found, 'norm2')), OUT) }
    }
    const found = norm(past(x, attend(x), 'found'), 'norm1')
    return { [OUT]: norm(past(found, think(found), 'thought'), 'norm2') }
  },
})
