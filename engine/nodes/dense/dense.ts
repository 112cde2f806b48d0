import { assertNever } from '../../base/invariant'
import type { DataSummary } from '../../data/prepared'
import { AUTOMATIC_UNSETTLED, defineNode, type LentWeight, type PortShape, type ShapeContext } from '../defineNode'
import { featuresOf, IN, inPort, inputShape, inputValue, OUT, outPort, resized } from '../lowering'
import type { SettingsSpec } from '../settings'
import { formatCount, plural } from '../words'

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
  picture: { kind: 'mix' },
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
    shared: {
      kind: 'switch',
      label: 'Share weights with the Embedding',
      help: 'Scores each symbol by how well the numbers fit its list in the Embedding, so that what is learned of a symbol when it is read also serves when it is said. Saves weights; as many numbers must come in as the Embedding has for each symbol.',
      default: false,
    },
  },
  ports: () => ({
    inputs: [inPort('sequence or vector in', ['sequence', 'vector'])],
    outputs: [outPort('the same, resized', ['sequence', 'vector'])],
  }),
  describe({ size, activation, shared }, data) {
    const numbers = size === null ? automatic(data) : plural(size, 'number')
    return `${numbers}${activation === 'none' ? '' : `, ${activation}`}${shared ? ', shares weights' : ''}`
  },
  shapes(context) {
    const { settings, inputs, wanted, title, node, model, problem } = context
    if (settings.shared) return shapesOfShared(context, settings.size ?? wanted[OUT] ?? null)
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
    const lender = settings.shared ? fittingLender(context.lent, inputs, outputs) : null
    const weight = lender
      ? context.borrow(lender)
      : context.parameter('weight', [outputs, inputs], { kind: 'glorotUniform' })
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

/** The Embedding whose weights fit: a row for each number that comes out, as wide as what comes in; the nearest of several. */
function fittingLender(lent: readonly LentWeight[], inputs: number, outputs: number | null): LentWeight | null {
  return lent.findLast(({ dims }) => dims[1] === inputs && (outputs === null || dims[0] === outputs)) ?? null
}

/** Shapes when the weights are those of an Embedding before it, which must fit at both ends. */
function shapesOfShared(
  { inputs, lent, title, node, model, problem }: Omit<ShapeContext<SettingsSpec>, 'settings'>,
  size: number | null,
): Record<string, PortShape> | null {
  const shape = inputShape(inputs, IN)
  const features = featuresOf(shape)
  const lender = fittingLender(lent, features, size)
  if (lender) return { [OUT]: resized(shape, lender.dims[0]) }
  const nearest = lent.at(-1)
  const tell = (message: string): null => {
    problem({
      code: 'dense.shared',
      message: `${title} is to share weights with the Embedding, but ${message}, or switch the sharing off.`,
      setting: 'shared',
      fix: {
        label: 'Use weights of its own',
        edits: [{ kind: 'setSetting', model, node, setting: 'shared', value: false }],
      },
    })
    return null
  }
  if (!nearest) return tell('there is none before it. Put an Embedding before it, outside all frames')
  const [symbols, width] = nearest.dims
  if (width !== features) {
    return tell(
      `${plural(features, 'number')} come in and ${nearest.title} has ${formatCount(width)} for each symbol. Bring both to the same`,
    )
  }
  return tell(
    `${plural(size ?? 0, 'number')} are to come out and ${nearest.title} knows ${plural(symbols, 'symbol')}. Use it in front of an output that says these symbols`,
  )
}

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
