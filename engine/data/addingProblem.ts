import { huberOf } from '../base/huber'
import { rng } from '../base/rng'
import type { GeneratorData } from '../document/dataSchema'
import { type Checked, good } from '../document/diagnostic'
import { countOf } from './describeData'
import { checkParts, checkSize, partBorders } from './parts'
import { type Baseline, type ExampleSet, SPLITS, type Split } from './prepared'
import { DATA_SEED, type UnfinishedData } from './unfinished'

/**
 * The adding problem (Hochreiter & Schmidhuber 1997, experiment 4, with a fixed length and values in [0, 1) as in Arjovsky et al.
 * 2016): each time step shows a random value and a marker; two markers are 1, one in each half; the answer is the sum of the two
 * marked values. Who has forgotten the first value by the end can do no better than always say 1, with squared error 1/6.
 */
export function prepareAddingProblem(definition: GeneratorData): Checked<UnfinishedData> {
  const { length, examples } = definition
  const size = checkSize(examples, length, 2)
  if (!size.ok) return size
  const borders = partBorders(examples, definition.split)
  const counts = { training: borders[1], validation: borders[2] - borders[1], test: borders[3] - borders[2] }
  const parts = checkParts(counts, 'Make more examples, or give that part a larger share.')
  if (!parts.ok) return parts
  const all = makeExamples(examples, length)
  const part = (split: Split): ExampleSet => {
    const [start, end] = [borders[SPLITS.indexOf(split)] ?? 0, borders[SPLITS.indexOf(split) + 1] ?? 0]
    return {
      count: end - start,
      numbers: all.numbers.slice(start * length * 2, end * length * 2),
      tokens: null,
      lengths: new Int32Array(end - start).fill(length),
      targetNumbers: all.sums.slice(start, end),
      targetTokens: null,
    }
  }
  const splits = { training: part('training'), validation: part('validation'), test: part('test') }
  return good({
    summary: {
      title: definition.title || 'Adding problem',
      sentence: `${countOf(examples, 'example')} × ${countOf(length, 'step')}`,
      input: { kind: 'numbers', features: ['value', 'marker'] },
      target: { kind: 'numbers', names: ['sum'] },
      maximumSteps: length,
      variableLength: false,
      stepWord: 'step',
      examples: counts,
    },
    splits,
    baselines: [alwaysOne(splits)],
    metric: { kind: 'absoluteError', label: 'mean error', unit: '' },
    inputScaling: null,
    targetScaling: null,
    vocabulary: null,
  })
}

/** `numbers` [examples, length, 2], `sums` [examples]. The first examples do not depend on how many follow. */
function makeExamples(examples: number, length: number): { numbers: Float32Array; sums: Float32Array } {
  const random = rng(DATA_SEED).split('adding')
  const numbers = new Float32Array(examples * length * 2)
  const sums = new Float32Array(examples)
  const half = length >> 1
  for (let example = 0; example < examples; example++) {
    const start = example * length
    for (let step = 0; step < length; step++) numbers[(start + step) * 2] = random.uniform()
    const first = start + random.integer(half)
    const second = start + half + random.integer(length - half)
    numbers[first * 2 + 1] = 1
    numbers[second * 2 + 1] = 1
    sums[example] = (numbers[first * 2] ?? 0) + (numbers[second * 2] ?? 0)
  }
  return { numbers, sums }
}

function alwaysOne(splits: Record<Split, ExampleSet>): Baseline {
  const over = (split: Split, measure: (error: number) => number): number => {
    const targets = splits[split].targetNumbers ?? new Float32Array(0)
    return targets.reduce((sum, target) => sum + measure(1 - target), 0) / Math.max(1, targets.length)
  }
  const each = (measure: (error: number) => number): Record<Split, number> => ({
    training: over('training', measure),
    validation: over('validation', measure),
    test: over('test', measure),
  })
  const otherLosses = { meanAbsoluteError: each(Math.abs), huber: each(huberOf) }
  return { name: 'always 1', loss: each((error) => error * error), otherLosses, metric: each(Math.abs) }
}
