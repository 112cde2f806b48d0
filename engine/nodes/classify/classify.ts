import { checkIgnored, classAttributes, countingOfClasses, countingWords, namedClassSettings } from '../classSettings'
import { defineNode } from '../defineNode'
import { headPorts, lowerHead, targetOf } from '../heads'
import { plural } from '../words'

/** One class for each example, measured by cross-entropy in nats: a logit for each class, or of two classes one logit for the second. */
export const classify = defineNode({
  type: 'classify',
  title: 'Classify',
  letter: 'C',
  category: 'output',
  summary: 'Chooses one class for the whole example.',
  help: {
    what: 'Takes one score per class, turns the scores into probabilities that add up to 1, and is measured by how surprised it was by the right class (cross-entropy).',
    why: 'A model that is sure and wrong is surprised most, so it learns not only which class to name but also how sure to be.',
    when: 'At the end of a model on labelled texts. Put a Dense with automatic size in front, and before that Last step or Average over time.',
  },
  picture: { kind: 'answer', says: 'class' },
  synonyms: [
    'classification',
    'label',
    'category',
    'softmax',
    'sigmoid',
    'binary',
    'yes or no',
    'cross-entropy',
    'class weights',
    'output',
    'sentiment',
  ],
  settings: {
    scores: {
      kind: 'choice',
      label: 'Scores',
      help: 'With two classes one score can do: above 0 it chooses the second, below 0 the first.',
      options: [
        { value: 'each', label: 'One for each class' },
        { value: 'one', label: 'One for both', help: 'Only with two classes' },
      ],
      default: 'each',
    },
    ...namedClassSettings,
  },
  ports({ scores }, data) {
    const target = targetOf(data, 'class')
    const one = scores === 'one' && target?.classes.length === 2
    return headPorts(
      'one vector per example',
      'vector',
      target && {
        count: one ? 1 : target.classes.length,
        meaning: one ? `a score for “${target.classes[1] ?? ''}”` : 'a score per class',
      },
    )
  },
  describe(settings, data) {
    const target = targetOf(data, 'class')
    const choice = target ? `one of ${plural(target.classes.length, 'class')}` : 'one class per example'
    return choice + countingWords(settings)
  },
  shapes(context) {
    const { settings, data, title, node, model, problem } = context
    const classes = targetOf(data, 'class')?.classes ?? null
    if (classes === null) return {}
    if (settings.scores === 'one' && classes.length !== 2) {
      problem({
        code: 'classify.oneScore',
        message: `${title} is to tell classes apart by one score, which only two classes allow, but the data have ${classes.length}. Set “Scores” to one for each class.`,
        setting: 'scores',
        fix: {
          label: 'Use one score for each class',
          edits: [{ kind: 'setSetting', model, node, setting: 'scores', value: 'each' }],
        },
      })
      return null
    }
    return checkIgnored(context, classes, settings.ignored, 'class') ? {} : null
  },
  lower(context) {
    const { settings, data } = context
    const counting = countingOfClasses(settings, targetOf(data, 'class')?.classes ?? [], data)
    const op = settings.scores === 'one' ? 'binaryCrossEntropy' : 'crossEntropy'
    const attributes = classAttributes(settings.smoothing, counting.ignored)
    return lowerHead(context, { target: 'class', op, counting, attributes })
  },
  isHead: true,
  target: 'class',
})
