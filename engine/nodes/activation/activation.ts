import { defineNode } from '../defineNode'
import { featuresOf, IN, inPort, inputShape, inputValue, OUT, outPort, resized } from '../lowering'

/** tanh, ReLU, sigmoid or GELU (exact), element by element. */
export const activation = defineNode({
  type: 'activation',
  title: 'Activation',
  letter: 'Ac',
  category: 'represent',
  summary: 'Bends every number by a fixed curve.',
  help: {
    what: 'Sends each number through a curve, the same one everywhere: ReLU cuts off what is below 0, sigmoid and tanh press everything into a band. It has no weights.',
    why: 'Two Dense nodes in a row can do no more than one, however wide, unless something bends the numbers between them.',
    when: 'Between two Dense nodes, after a Layer norm, or as the side of a gate that goes into Multiply. RNN, LSTM and GRU bend their numbers themselves.',
  },
  picture: { kind: 'curve' },
  synonyms: ['tanh', 'relu', 'sigmoid', 'gelu', 'nonlinearity', 'squash'],
  settings: {
    kind: {
      kind: 'choice',
      label: 'Curve',
      help: 'How each number is bent. ReLU and GELU learn fast in the middle of a model; sigmoid makes a switch.',
      options: [
        { value: 'relu', label: 'ReLU', help: 'Negative numbers become 0, the others stay.' },
        { value: 'gelu', label: 'GELU', help: 'Like ReLU with a smooth bend, usual in Transformers.' },
        { value: 'tanh', label: 'Tanh', help: 'Smoothly pressed between −1 and 1.' },
        { value: 'sigmoid', label: 'Sigmoid', help: 'Smoothly pressed between 0 and 1, like a switch.' },
      ],
      default: 'relu',
    },
  },
  ports: () => ({
    inputs: [inPort('sequence or vector in', ['sequence', 'vector'])],
    outputs: [outPort('the same, bent', ['sequence', 'vector'])],
  }),
  describe: ({ kind }) => ({ relu: 'ReLU', gelu: 'GELU', tanh: 'Tanh', sigmoid: 'Sigmoid' })[kind],
  wants: (_settings, _data, wanted) => ({ [IN]: wanted[OUT] ?? null }),
  shapes: ({ inputs }) => ({ [OUT]: resized(inputShape(inputs, IN), featuresOf(inputShape(inputs, IN))) }),
  lower(context) {
    const { kind } = context.settings
    const x = inputValue(context, IN)
    const [out] =
      kind === 'gelu'
        ? context.builder.emit('gelu', [x], {}, [OUT])
        : context.builder.emit('activation', [x], { kind }, [OUT])
    return { [OUT]: out }
  },
})
