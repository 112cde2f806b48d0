import { UNKNOWN_TOKEN } from '../../data/vocabulary'
import type { Attributes } from '../../ir/program'
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
  picture: { kind: 'lookUp' },
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
    rare: {
      kind: 'choice',
      label: 'Rare symbols',
      help: 'What the stand-in for all rare symbols looks like to the model.',
      options: [
        { value: 'learned', label: 'Learned', help: 'Numbers of their own, as for any symbol' },
        {
          value: 'blank',
          label: 'Blank',
          help: 'All 0, which training leaves alone: the model goes by their neighbours',
        },
      ],
      default: 'learned',
    },
  },
  ports: () => ({
    inputs: [inPort('letters or words in', ['tokens'])],
    outputs: [outPort('sequence out', ['sequence'])],
  }),
  describe: ({ size, rare }) => `${plural(size, 'number')} each${rare === 'blank' ? ', rare ones blank' : ''}`,
  shapes: ({ settings }) => ({ [OUT]: { kind: 'sequence', features: settings.size } }),
  lower(context) {
    const vocabulary = vocabularyOf(inputShape(context.shapes.inputs, IN))
    const { size, rare } = context.settings
    const isBlank = rare === 'blank'
    const weight = context.parameter('weight', [vocabulary, size], {
      kind: 'normal',
      deviation: 0.1,
      ...(isBlank ? { blankRow: UNKNOWN_TOKEN } : {}),
    })
    const attributes: Attributes = isBlank ? { padding: UNKNOWN_TOKEN } : {}
    const inputs = [inputValue(context, IN), weight, context.lengths]
    const [out] = context.builder.emit('embedding', inputs, attributes, [OUT])
    return { [OUT]: out }
  },
  lends: ({ size }, inputs) => ({ name: 'weight', dims: [vocabularyOf(inputShape(inputs, IN)), size] }),
  adapts: [{ from: 'tokens', to: 'sequence', rank: 0, label: 'give each symbol its own numbers' }],
})
