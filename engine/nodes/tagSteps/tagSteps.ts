import { checkIgnored, classAttributes, countingOfClasses, countingWords, namedClassSettings } from '../classSettings'
import { defineNode } from '../defineNode'
import { headPorts, lowerHead, targetOf } from '../heads'
import { plural } from '../words'

/** One tag at every time step, measured by cross-entropy in nats per step; steps past an example's length do not count. */
export const tagSteps = defineNode({
  type: 'tagSteps',
  title: 'Tag each step',
  letter: 'Tg',
  category: 'output',
  summary: 'Chooses one tag for every step.',
  help: {
    what: 'Takes a score per tag at every time step, turns the scores into probabilities, and is measured by how surprised it was by the right tag of each step (cross-entropy).',
    why: 'Every word teaches the model something, not only every text. What a word is often shows in its neighbours on both sides, so a model that looks both ways has it easier.',
    when: 'At the end of a model on texts whose words have tags, such as parts of speech or names. Put a Dense with automatic size in front; leave out Last step, for every step has its own answer.',
  },
  picture: { kind: 'answer', says: 'tags' },
  synonyms: [
    'tagger',
    'tagging',
    'label each word',
    'part of speech',
    'named entity',
    'sequence labelling',
    'cross-entropy',
    'softmax',
    'output',
  ],
  settings: namedClassSettings,
  ports(_, data) {
    const target = targetOf(data, 'tag')
    return headPorts(
      'scores at every step',
      'sequence',
      target && { count: target.tags.length, meaning: 'a score per tag' },
    )
  },
  describe(settings, data) {
    const target = targetOf(data, 'tag')
    const choice = target ? `one of ${plural(target.tags.length, 'tag')} each` : 'a tag for every step'
    return choice + countingWords(settings)
  },
  shapes(context) {
    const tags = targetOf(context.data, 'tag')?.tags ?? null
    return tags === null || checkIgnored(context, tags, context.settings.ignored, 'tag') ? {} : null
  },
  lower(context) {
    const { settings, data } = context
    const counting = countingOfClasses(settings, targetOf(data, 'tag')?.tags ?? [], data)
    const attributes = classAttributes(settings.smoothing, counting.ignored)
    return lowerHead(context, { target: 'tag', op: 'crossEntropy', counting, attributes })
  },
  isHead: true,
  target: 'tag',
})
