import type { ContentShapes, PortShape } from '../defineNode'
import { defineNode } from '../defineNode'
import { frameIn, frameOut, framePorts } from '../frame'
import { featuresOf, IN, inputShape, inputValue, OUT } from '../lowering'
import { plural } from '../words'

/**
 * What it holds, one copy after another: [T, B, F] → [T, B, G]. With dropout between, as PyTorch's `num_layers`: on what each copy but
 * the last gives; a copy's input is added after that (He 2016).
 */
export const stack = defineNode({
  type: 'stack',
  title: 'Stack',
  letter: 'St',
  category: 'shape',
  summary: 'Repeats what it holds several times, one after another.',
  help: {
    what: 'Whatever you put into the frame is laid out as many times as you say: what the first copy gives goes into the second, and so on. Each copy learns weights of its own, unless they share.',
    why: 'Deeper models find patterns of patterns. Two or three layers of memory often do better than one large one, and here depth is one number instead of a long row of cards.',
    when: 'Around an LSTM or a GRU with 2 to 4 copies, or around a Transformer block with more. With many copies turn on the shortcut, or training hardly reaches the first.',
  },
  picture: { kind: 'layers' },
  synonyms: ['layers', 'deep', 'repeat', 'num_layers', 'times', 'frame', 'residual', 'loop'],
  settings: {
    times: {
      kind: 'integer',
      label: 'Copies',
      help: 'How many times what it holds is laid out, one after another. More can learn more, but train slower and need more data.',
      minimum: 1,
      maximum: 64,
      default: 2,
    },
    residual: {
      kind: 'switch',
      label: 'Shortcut around each',
      help: 'Adds what goes into a copy to what comes out of it, so that training reaches through many copies. Needs the same width at both ends.',
      default: false,
    },
    dropout: {
      kind: 'fraction',
      label: 'Hidden between copies',
      help: 'Which share of the numbers is hidden between two copies while training. Protects against learning by heart.',
      maximum: 0.9,
      default: 0,
    },
    weights: {
      kind: 'choice',
      label: 'Weights',
      help: 'Whether each copy learns weights of its own. Sharing makes the model smaller and needs the same width at both ends.',
      options: [
        { value: 'separate', label: 'Separate', help: 'Each copy has weights of its own: the usual choice.' },
        {
          value: 'shared',
          label: 'Shared',
          help: 'All copies use the same weights, as if one were passed again and again.',
        },
      ],
      default: 'separate',
    },
  },
  ports: () => framePorts('sequence in', 'what the last copy gives'),
  describe({ times, residual, weights }) {
    const more = [...(weights === 'shared' ? ['shared'] : []), ...(residual ? ['shortcuts'] : [])]
    return [plural(times, 'copy'), ...more].join(', ')
  },
  wants({ times, residual, weights }, _data, wanted, content) {
    const out = wanted[OUT] ?? null
    return { [IN]: residual || weights === 'shared' ? out : (wishes(times, out, content)[0] ?? null) }
  },
  shapes({ settings, inputs, wanted, title, node, model, content, problem }) {
    const { times, residual, weights } = settings
    const wished = wishes(times, wanted[OUT] ?? null, content)
    let shape: PortShape = inputShape(inputs, IN)
    for (let copy = 0; copy < times; copy++) {
      const features = featuresOf(shape)
      const keeps = residual || (weights === 'shared' && times > 1)
      const left = content.shape(copy, shape, keeps ? features : (wished[copy + 1] ?? null))
      if (left === null) return null
      if (keeps && featuresOf(left) !== features) {
        const setting = residual ? 'residual' : 'weights'
        const [reason, label] = residual
          ? ['for the shortcut', 'Turn off Shortcut around each']
          : ['to share weights', 'Set Weights to Separate']
        problem({
          code: `stack.${setting}`,
          message: `${title}: ${reason} what it holds must give as many numbers as it takes, but it takes ${featuresOf(shape)} and gives ${featuresOf(left)}. ${label}, or make both the same.`,
          setting,
          fix: {
            label,
            edits: [{ kind: 'setSetting', model, node, setting, value: residual ? false : 'separate' }],
          },
        })
        return null
      }
      shape = left
    }
    return { [OUT]: { kind: 'sequence', features: featuresOf(shape) } }
  },
  lower(context) {
    const { builder, settings, mode, feed } = context
    const { times, residual, dropout } = settings
    let x = inputValue(context, IN)
    for (let copy = 0; copy < times; copy++) {
      const last = copy === times - 1
      let y = context.content(copy, x)
      if (!last && dropout > 0 && mode === 'train') {
        const attributes = { rate: dropout, stream: builder.stream() }
        y = builder.emit('dropout', [y, feed.randomSeed()], attributes, [`dropped.${copy}`])[0]
      }
      x = residual ? builder.emit('add', [x, y], {}, [last ? OUT : `sum.${copy}`])[0] : y
    }
    return { [OUT]: x }
  },
  frame: {
    enter: frameIn,
    leave: frameOut,
    copies: ({ times, weights }) =>
      Array.from({ length: times }, (_, index) => ({
        label: `layer ${index + 1}`,
        ...(weights === 'separate' ? { layer: index } : {}),
      })),
    countSetting: 'times',
  },
})

/** Features wanted between the copies: `[k]` of what goes into copy k, the last of what leaves the stack. */
function wishes(times: number, wanted: number | null, content: Pick<ContentShapes, 'wants'>): (number | null)[] {
  const found = [wanted]
  for (let copy = times; copy > 0; copy--) found.unshift(content.wants(found[0] ?? null))
  return found
}
