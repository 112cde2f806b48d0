import { assertNever } from '../../base/invariant'
import type { DataSummary } from '../../data/prepared'
import { AUTOMATIC_UNSETTLED, defineNode } from '../defineNode'
import { featuresOf, IN, inPort, inputShape, inputValue, OUT, outPort, resized } from '../lowering'
import { plural } from '../words'

/** PyTorch's Linear and, if wanted, an activation: [..., I] → [..., O] at every time step alike. */
export const dense = defineNode({
  type: 'dense',
  title: 'Dense',
  letter: 'D',
  category: 'represent',
  summary: 'Mixes all numbers into new ones, the same way at every step.',
  help: {
    what: 'Each number that comes out is a weighted sum of all numbers that come in, plus a constant. On a sequence it does the same at every time step, without looking at the others.',
    why: 'It brings numbers to the width that the next node wants: the 128 memory cells of an LSTM become one score per letter. With an activation it can bend as well as mix.',
    when: 'In front of an output, with the size left on automatic. In between, with an activation, when the model should think once more about what it remembers.',
  },
  synonyms: ['linear', 'fully connected', 'projection', 'perceptron', 'scores', 'resize', 'tanh', 'relu', 'sigmoid'],
  settings: {
    size: {
      kind: 'integer',
      label: 'Size',
      help: 'How many numbers come out. Automatic takes what the next node wants, which is right in front of an output.',
      minimum: 1,
      maximum: 4096,
      default: 64,
      automatic: true,
      startsAutomatic: true,
    },
    activation: {
      kind: 'choice',
      label: 'Activation',
      help: 'How each sum is bent before it goes on. In front of an output leave it at none.',
      options: [
        { value: 'none', label: 'None', help: 'Sums go out as they are: right in front of an output.' },
        { value: 'tanh', label: 'Tanh', help: 'Smoothly pressed between −1 and 1.' },
        { value: 'relu', label: 'ReLU', help: 'Negative sums become 0; learns fast in the middle of a model.' },
        { value: 'sigmoid', label: 'Sigmoid', help: 'Smoothly pressed between 0 and 1, like a switch.' },
      ],
      default: 'none',
    },
  },
  ports: () => ({
    inputs: [inPort('sequence or vector in', ['sequence', 'vector'])],
    outputs: [outPort('the same, resized', ['sequence', 'vector'])],
  }),
  describe({ size, activation }, data) {
    const numbers = size === null ? automatic(data) : plural(size, 'number')
    return activation === 'none' ? numbers : `${numbers}, ${activation}`
  },
  shapes({ settings, inputs, wanted, problem, title, node, model }) {
    const size = settings.size ?? wanted[OUT] ?? null
    if (size !== null) return { [OUT]: resized(inputShape(inputs, IN), size) }
    problem({
      code: AUTOMATIC_UNSETTLED,
      message: `${title}: “Size” is automatic, but nothing after it says how many numbers it wants. Type a size, or connect it to an output.`,
      setting: 'size',
      fix: { label: 'Set Size to 64', edits: [{ kind: 'setSetting', model, node, setting: 'size', value: 64 }] },
    })
    return null
  },
  lower(context) {
    const { builder, settings, shapes } = context
    const inputs = featuresOf(inputShape(shapes.inputs, IN))
    const outputs = featuresOf(inputShape(shapes.outputs, OUT))
    const weight = context.parameter('weight', [outputs, inputs], { kind: 'glorotUniform' })
    const bias = context.parameter('bias', [outputs], { kind: 'zeros' })
    const plain = settings.activation === 'none'
    const [sum] = builder.emit('linear', [inputValue(context, IN), weight, bias], {}, [plain ? OUT : 'sum'])
    if (plain) return { [OUT]: sum }
    const [out] = builder.emit('activation', [sum], { kind: settings.activation }, [OUT])
    return { [OUT]: out }
  },
  adapts: [
    { from: 'sequence', to: 'sequence', rank: 10, label: 'bring each step to the right size', resizes: true },
    { from: 'vector', to: 'vector', rank: 10, label: 'bring it to the right size', resizes: true },
  ],
})

/** What an automatic size is for: in front of the output it becomes what the data ask for. */
function automatic(data: DataSummary | null): string {
  if (data === null) return 'size automatic'
  const { target } = data
  switch (target.kind) {
    case 'class':
      return 'a score per class'
    case 'symbol':
    case 'sequence':
      return `a score per ${target.unit}`
    case 'tag':
      return 'a score per tag'
    case 'numbers':
      return plural(target.names.length, 'number')
    default:
      return assertNever(target)
  }
}
