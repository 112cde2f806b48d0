import { defineNode } from '../defineNode'
import { IN, inPort, inputShape, inputValue, OUT, outPort, vocabularyOf } from '../lowering'
import { plural } from '../words'

/** weight [V, E]; tokens [T, B] → [T, B, E], 0 past each example's length. */
export const embedding = defineNode({
  type: 'embedding',
  title: 'Embedding',
  letter: 'E',
  category: 'represent',
  summary: 'Turns each letter or word into a short list of numbers.',
  help: {
    what: 'Keeps a list of numbers for every symbol of the vocabulary and looks up the list of each symbol that comes in. The numbers are learned along with the rest of the model.',
    why: 'A layer can only calculate with numbers. Symbols that are used alike end up with similar numbers, so that what is learned of one helps with the other.',
    when: 'Right after a data set of letters or words. Some 16 to 64 numbers do for letters, 50 to 300 for words.',
  },
  synonyms: ['word vector', 'lookup', 'token', 'word2vec', 'letters', 'words'],
  settings: {
    size: {
      kind: 'integer',
      label: 'Numbers per symbol',
      help: 'How many numbers describe one letter or word. More can tell finer differences, and need more data.',
      minimum: 1,
      maximum: 1024,
      default: 32,
    },
  },
  ports: () => ({
    inputs: [inPort('letters or words in', ['tokens'])],
    outputs: [outPort('sequence out', ['sequence'])],
  }),
  describe: ({ size }) => `${plural(size, 'number')} each`,
  shapes: ({ settings }) => ({ [OUT]: { kind: 'sequence', features: settings.size } }),
  lower(context) {
    const vocabulary = vocabularyOf(inputShape(context.shapes.inputs, IN))
    const weight = context.parameter('weight', [vocabulary, context.settings.size], { kind: 'normal', deviation: 0.1 })
    const [out] = context.builder.emit('embedding', [inputValue(context, IN), weight, context.lengths], {}, [OUT])
    return { [OUT]: out }
  },
  adapts: [{ from: 'tokens', to: 'sequence', rank: 0, label: 'give each symbol its own numbers' }],
})
