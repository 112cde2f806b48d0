import { defineNode } from '../defineNode'
import { headPorts, lowerHead, targetOf } from '../heads'
import { plural } from '../words'

/** One class for each example, measured by cross-entropy in nats. */
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
  synonyms: ['classification', 'label', 'category', 'softmax', 'cross-entropy', 'output', 'sentiment'],
  settings: {},
  ports(_, data) {
    const target = targetOf(data, 'class')
    return headPorts(
      'one vector per example',
      'vector',
      target && { count: target.classes.length, meaning: 'a score per class' },
    )
  },
  describe(_, data) {
    const target = targetOf(data, 'class')
    return target ? `one of ${plural(target.classes.length, 'class')}` : 'one class per example'
  },
  shapes: () => ({}),
  lower: (context) => lowerHead(context, 'crossEntropy', 'class'),
  isHead: true,
  target: 'class',
})
