import { rng } from '../base/rng'
import type { GeneratorData } from '../document/dataSchema'
import { type Checked, good } from '../document/diagnostic'
import { countOf } from './describeData'
import { checkParts, checkSize, partBorders } from './parts'
import { type ExampleSet, SPLITS, type Split } from './prepared'
import { majorityBaseline } from './symbolBaselines'
import { DATA_SEED, type UnfinishedData } from './unfinished'
import { UNKNOWN_SYMBOL } from './vocabulary'

/** Different letters that may have to be remembered, when the definition does not say. */
export const RECALL_CHOICES = 8
/** Letters that only stand in the way. */
const DISTRACTORS = 'abcdefgh'
/** Asks for the answer, at the last step. */
const QUESTION = '?'
const FIRST_CAPITAL = 'A'.charCodeAt(0)

/**
 * Delayed recall, after the long-lag tasks of Hochreiter & Schmidhuber 1997 (experiment 2: the first symbol must be told at the end,
 * random ones lie between) with several symbols to choose from as in the copying-memory task of Arjovsky et al. 2016: the first step
 * shows one of `choices` capital letters, the last one a question mark, all steps between small letters at random; the answer is the
 * capital letter. Who has forgotten it by the end can only guess: right for one of `choices`.
 */
export function prepareDelayedRecall(definition: GeneratorData): Checked<UnfinishedData> {
  const { length, examples, choices = RECALL_CHOICES } = definition
  const size = checkSize(examples, length, 1)
  if (!size.ok) return size
  const borders = partBorders(examples, definition.split)
  const counts = { training: borders[1], validation: borders[2] - borders[1], test: borders[3] - borders[2] }
  const parts = checkParts(counts, 'Make more examples, or give that part a larger share.')
  if (!parts.ok) return parts
  const classes = Array.from({ length: choices }, (_, index) => String.fromCharCode(FIRST_CAPITAL + index))
  const vocabulary = [UNKNOWN_SYMBOL, ...classes, ...DISTRACTORS, QUESTION]
  const all = makeExamples(examples, length, choices)
  const part = (split: Split): ExampleSet => {
    const [start, end] = [borders[SPLITS.indexOf(split)] ?? 0, borders[SPLITS.indexOf(split) + 1] ?? 0]
    return {
      count: end - start,
      numbers: null,
      tokens: all.tokens.slice(start * length, end * length),
      lengths: new Int32Array(end - start).fill(length),
      targetNumbers: null,
      targetTokens: all.answers.slice(start, end),
    }
  }
  const splits = { training: part('training'), validation: part('validation'), test: part('test') }
  return good({
    summary: {
      title: definition.title || 'Delayed recall',
      sentence: `${countOf(examples, 'example')} × ${countOf(length, 'letter')}, ${countOf(choices, 'answer')}`,
      input: { kind: 'tokens', vocabulary: vocabulary.length, unit: 'letter' },
      target: { kind: 'class', classes },
      maximumSteps: length,
      variableLength: false,
      stepWord: 'letter',
      examples: counts,
    },
    splits,
    baselines: [majorityBaseline(splits, classes)],
    metric: { kind: 'accuracy', label: 'right answers', unit: '%' },
    inputScaling: null,
    targetScaling: null,
    vocabulary,
  })
}

/**
 * `tokens` [examples, length], numbered behind the unknown symbol: capitals, small letters, question mark; `answers` [examples], classes.
 * The first examples do not depend on how many follow.
 */
function makeExamples(examples: number, length: number, choices: number): { tokens: Int32Array; answers: Int32Array } {
  const random = rng(DATA_SEED).split('recall')
  const tokens = new Int32Array(examples * length)
  const answers = new Int32Array(examples)
  const firstDistractor = 1 + choices
  const question = firstDistractor + DISTRACTORS.length
  for (let example = 0; example < examples; example++) {
    const start = example * length
    const answer = random.integer(choices)
    answers[example] = answer
    tokens[start] = 1 + answer
    for (let step = 1; step < length - 1; step++) {
      tokens[start + step] = firstDistractor + random.integer(DISTRACTORS.length)
    }
    tokens[start + length - 1] = question
  }
  return { tokens, answers }
}
