import { defineNode } from '../defineNode'
import { targetOf } from '../heads'
import { featuresOf, IN, inPort, inputShape } from '../lowering'
import { plural } from '../words'
import { lowerDecoder, START } from './lowerDecoder'

const ATTENTION_WORDS = {
  additive: 'additive attention',
  general: 'general attention',
  dot: 'dot attention',
  none: 'no attention',
} as const

/**
 * Says a sequence of its own length about a sequence [T, B, E]: recurrent cells that look back into it at every step (Bahdanau 2015; Luong
 * 2015), measured by cross-entropy in nats per symbol, the end symbol included. It is an output that carries weights, for while it predicts
 * it must read what it said itself. Weights: embedding.weight [V, S], weight_ih [G·H, S + E], weight_hh [G·H, H], bias_ih, bias_hh,
 * attention.key.weight [H, E], attention.query.weight [H or E, H], attention.query.bias, attention.v, bridge.weight [H, …], bridge.bias
 * (and bridge_memory of an LSTM), out.weight [V, H + E], out.bias; E parts are absent without attention.
 */
export const decoder = defineNode({
  type: 'decoder',
  title: 'Decoder',
  letter: 'Dc',
  category: 'output',
  summary: 'Says a new sequence, symbol by symbol, about the one it reads.',
  help: {
    what: 'Starts from what the encoder remembers at the end and says one symbol after another until it says the end. Before each it asks every step of the encoder’s sequence how well it fits, takes a blend of those that fit best, and reads the symbol before.',
    why: 'Without attention all of the input must fit into one vector, and long inputs are forgotten. With attention each symbol fetches what it needs from where it stands, and you can watch where it looks.',
    when: 'At the end of a model that turns one sequence into another: words into sounds, sentences into translations. In front belongs an encoder: an Embedding and a GRU or LSTM, best one that reads both ways.',
  },
  picture: { kind: 'answer', says: 'sequence' },
  synonyms: [
    'attention decoder',
    'seq2seq',
    'sequence to sequence',
    'encoder-decoder',
    'bahdanau',
    'luong',
    'translate',
    'teacher forcing',
    'output',
  ],
  settings: {
    cells: {
      kind: 'choice',
      label: 'Memory',
      help: 'Which kind of memory cells it has. Both do about equally well; a GRU has fewer weights.',
      options: [
        { value: 'gru', label: 'GRU' },
        { value: 'lstm', label: 'LSTM' },
      ],
      default: 'gru',
    },
    hidden: {
      kind: 'integer',
      label: 'Memory cells',
      help: 'How many numbers it remembers from symbol to symbol. More can hold more, but train slower and need more data.',
      minimum: 1,
      maximum: 2048,
      default: 64,
    },
    attention: {
      kind: 'choice',
      label: 'Attention',
      help: 'How it finds where to look before each symbol. Without, it knows only the vector that it starts from.',
      options: [
        {
          value: 'additive',
          label: 'Additive',
          help: 'Bahdanau 2015: question and step are added and weighed; the usual choice here.',
        },
        {
          value: 'general',
          label: 'General',
          help: 'Luong 2015: the question is turned, then multiplied with each step; faster.',
        },
        {
          value: 'dot',
          label: 'Dot',
          help: 'Luong 2015: question times step; needs as many memory cells as the sequence has numbers.',
        },
        { value: 'none', label: 'None', help: 'Only what it starts from; for comparison.' },
      ],
      default: 'additive',
    },
    size: {
      kind: 'integer',
      label: 'Numbers per symbol',
      help: 'How many numbers describe each symbol that it says, when it reads it back.',
      minimum: 1,
      maximum: 1024,
      default: 32,
    },
    teacherForcing: {
      kind: 'fraction',
      label: 'Right symbols shown',
      help: 'While training, how often it reads the right symbol before instead of its own. All right ones learn fastest; fewer teach it to go on after a mistake of its own.',
      maximum: 1,
      default: 1,
    },
    fall: {
      kind: 'choice',
      label: 'While it trains, that share',
      help: 'Whether it is shown fewer right symbols as training goes on, so that it learns to walk before it walks alone.',
      options: [
        { value: 'none', label: 'Stays' },
        { value: 'linear', label: 'Falls evenly', help: 'By the same amount at every step.' },
        { value: 'exponential', label: 'Falls fast at first', help: 'By the same factor at every step.' },
        {
          value: 'inverseSigmoid',
          label: 'Falls in the middle',
          help: 'Stays high for long, then falls and stays low.',
        },
      ],
      default: 'none',
    },
    teacherForcingEnd: {
      kind: 'fraction',
      label: 'Right symbols at the end',
      help: 'How often it is still shown the right symbol when training ends.',
      maximum: 1,
      default: 0,
      visible: ({ fall }) => fall !== 'none',
    },
  },
  ports: () => ({
    inputs: [
      inPort('sequence to look into', ['sequence']),
      { name: START, label: 'vector to start from', kinds: ['vector'], required: false },
    ],
    outputs: [],
  }),
  describe: ({ hidden, attention }) => `${plural(hidden, 'memory cell')}, ${ATTENTION_WORDS[attention]}`,
  wants: ({ attention, hidden }) => ({ [IN]: attention === 'dot' ? hidden : null, [START]: null }),
  shapes({ inputs, settings: { attention, hidden }, title, model, node, problem }) {
    const features = featuresOf(inputShape(inputs, IN))
    if (attention !== 'dot' || features === hidden) return {}
    problem({
      code: 'attention.width',
      message: `${title} multiplies its ${plural(hidden, 'memory cell')} with the ${plural(features, 'number')} of each step, which must be equally many. Use general attention, or ${plural(features, 'memory cell')}.`,
      setting: 'attention',
      fix: {
        label: 'Use general attention',
        edits: [{ kind: 'setSetting', model, node, setting: 'attention', value: 'general' }],
      },
    })
    return null
  },
  lower(context) {
    const { cells, hidden, attention, size, teacherForcing, fall, teacherForcingEnd } = context.settings
    const features = featuresOf(inputShape(context.shapes.inputs, IN))
    const start = context.shapes.inputs[START]
    const vocabulary = targetOf(context.data, 'sequence')?.vocabulary ?? 1
    const sizes = { cells, hidden, attention, size, features, vocabulary }
    lowerDecoder(context, sizes, start ? featuresOf(start) : features, {
      fall,
      start: teacherForcing,
      end: teacherForcingEnd,
    })
    return {}
  },
  isHead: true,
  target: 'sequence',
})
