import { UNKNOWN_TOKEN } from '../../data/vocabulary'
import { classAttributes, smoothingSetting } from '../classSettings'
import { defineNode } from '../defineNode'
import { countingEach, headPorts, lowerHead, targetOf, weightSetting } from '../heads'
import { plural } from '../words'

/** The next symbol at every time step, measured by cross-entropy in nats per symbol. */
export const nextSymbol = defineNode({
  type: 'nextSymbol',
  title: 'Next symbol',
  letter: 'N',
  category: 'output',
  summary: 'Says at every step which letter or word comes next.',
  help: {
    what: 'Takes a score per letter (or word) at every time step, turns the scores into probabilities, and is measured by how surprised it was by the symbol that really came (cross-entropy).',
    why: 'To guess the next letter well a model has to pick up spelling, words and style: running text teaches it all this without anyone labelling anything.',
    when: 'At the end of a model on running text. Put a Dense with automatic size in front; leave out Last step, for every step has its own answer.',
  },
  picture: { kind: 'answer', says: 'next' },
  synonyms: [
    'language model',
    'character',
    'text generation',
    'softmax',
    'cross-entropy',
    'output',
    'letters',
    'words',
  ],
  settings: {
    smoothing: smoothingSetting,
    countRare: {
      kind: 'switch',
      label: 'Rare symbols count',
      help: 'Whether the stand-in for rare symbols counts where it comes next. Switched off, the model never learns to say “some rare word”, and the loss leaves such places out.',
      default: true,
    },
    weight: weightSetting,
  },
  ports(_, data) {
    const target = targetOf(data, 'symbol')
    return headPorts(
      'scores at every step',
      'sequence',
      target && { count: target.vocabulary, meaning: `a score per ${target.unit}` },
    )
  },
  describe(_, data) {
    const target = targetOf(data, 'symbol')
    return target ? `one of ${plural(target.vocabulary, target.unit)}` : 'the next letter or word'
  },
  shapes: () => ({}),
  lower(context) {
    const { smoothing, countRare, weight } = context.settings
    const counting = { ...countingEach(weight), ignored: countRare ? null : UNKNOWN_TOKEN }
    const attributes = classAttributes(smoothing, counting.ignored)
    return lowerHead(context, { target: 'symbol', op: 'crossEntropy', counting, attributes })
  },
  isHead: true,
  target: 'symbol',
})
