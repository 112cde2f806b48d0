import { expect, test } from 'vitest'
import { sentences } from '../../testing/graphs'
import { lowerAlone, shapeAlone } from '../../testing/lowerAlone'

const input = { kind: 'vector', features: 3 } as const
const two = { ...sentences, target: { kind: 'class' as const, classes: ['early', 'late'] }, targetCounts: [30, 10] }
const portsOf = (data: typeof sentences, settings = {}) => shapeAlone('classify', { data, settings, input }).node.inputs
const words = (settings: Record<string, unknown>, data: typeof sentences) => {
  const { definition, settings: values } = shapeAlone('classify', { data, settings, input }).node
  return definition.describe(values, data)
}

test('measures by cross-entropy', () => {
  const alone = lowerAlone('classify', { data: sentences, input })
  expect(alone.instructions).toEqual(['crossEntropy'])
  expect(alone.heads).toEqual(['class'])
})

test('wants a score per class', () => {
  expect(portsOf(sentences)).toEqual([
    {
      name: 'in',
      label: 'one vector per example',
      kinds: ['vector'],
      features: { count: 3, meaning: 'a score per class' },
    },
  ])
  expect(words({}, sentences)).toBe('one of 3 classes')
})

test('tells two classes apart by one score when it is told to', () => {
  expect(portsOf(two, { scores: 'one' })[0]?.features).toEqual({ count: 1, meaning: 'a score for “late”' })
  const alone = lowerAlone('classify', { data: two, settings: { scores: 'one' }, input: { ...input, features: 1 } })
  expect(alone.instructions).toEqual(['binaryCrossEntropy'])
})

test('refuses one score for three classes, and can mend it', () => {
  const { problems } = shapeAlone('classify', { data: sentences, settings: { scores: 'one' }, input })
  expect(problems[0]?.message).toBe(
    'Classify is to tell classes apart by one score, which only two classes allow, but the data have 3. Set “Scores” to one for each class.',
  )
  expect(problems[0]?.fix?.edits).toMatchObject([{ setting: 'scores', value: 'each' }])
})

test('weighs rare classes up, smooths, and leaves a class out', () => {
  const settings = { weights: 'balanced', smoothing: 0.1, ignored: 'late' }
  const alone = lowerAlone('classify', { data: two, settings, input: { ...input, features: 2 } })
  expect(alone.instructions).toEqual([
    'constant {"values":"0.6666667,2"}',
    'crossEntropy {"labelSmoothing":0.1,"ignored":1}',
  ])
  expect(words(settings, two)).toBe('one of 2 classes, rare ones count more, without late')
})

test('says which classes there are when the one to leave out is not among them', () => {
  const { problems } = shapeAlone('classify', { data: sentences, settings: { ignored: 'Late' }, input })
  expect(problems[0]?.message).toBe(
    'Classify: “Leave out” names the class “Late”, but the data have “early”, “middle”, “late”. Type one of these, or leave it empty.',
  )
  expect(problems[0]?.fix?.edits).toMatchObject([{ setting: 'ignored', value: '' }])
})
