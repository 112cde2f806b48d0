import { assertNever } from '../../../engine/base/invariant'
import { type Rng, rng } from '../../../engine/base/rng'
import type { ExampleSet, InputSummary, PreparedData, TargetSummary } from '../../../engine/data/prepared'
import type { Training } from './configuration'

/** Batches of an epoch: enough that cutting batches from shuffled examples is part of what is timed. */
const BATCHES = 4

/** Drawn examples of the configuration's shape, all of full length. */
export function benchData(configuration: Training): PreparedData {
  const { name, steps } = configuration
  const examples = drawExamples(configuration, rng(7))
  const nothing = { training: 0, validation: 0, test: 0 }
  return {
    summary: {
      title: name,
      sentence: 'drawn numbers',
      input: inputOf(configuration),
      target: targetOf(configuration),
      maximumSteps: steps,
      variableLength: false,
      stepWord: 'step',
      examples: { training: examples.count, validation: examples.count, test: examples.count },
      fingerprint: name,
    },
    splits: { training: examples, validation: examples, test: examples },
    baselines: [{ name: 'none', loss: nothing, metric: nothing }],
    metric:
      configuration.kind === 'numbers'
        ? { kind: 'absoluteError', label: 'mean error', unit: '' }
        : { kind: 'accuracy', label: 'right', unit: '' },
    inputScaling: null,
    targetScaling: null,
    vocabulary: 'vocabulary' in configuration ? names('symbol', configuration.vocabulary) : null,
    warnings: [],
  }
}

function inputOf(configuration: Training): InputSummary {
  if ('vocabulary' in configuration) return { kind: 'tokens', vocabulary: configuration.vocabulary, unit: 'letter' }
  return { kind: 'numbers', features: names('input', configuration.input) }
}

function targetOf(configuration: Training): TargetSummary {
  switch (configuration.kind) {
    case 'numbers':
      return { kind: 'numbers', names: names('output', 1) }
    case 'tagger':
      return { kind: 'tag', tags: names('tag', configuration.tags) }
    case 'symbols':
    case 'transformer':
      return { kind: 'symbol', vocabulary: configuration.vocabulary, unit: 'letter' }
    default:
      return assertNever(configuration)
  }
}

function drawExamples(configuration: Training, random: Rng): ExampleSet {
  const { batch, steps } = configuration
  const count = batch * BATCHES
  const lengths = new Int32Array(count).fill(steps)
  const uniform = (size: number) => Float32Array.from({ length: size }, () => 2 * random.uniform() - 1)
  const classes = (limit: number) => Int32Array.from({ length: count * steps }, () => random.integer(limit))
  switch (configuration.kind) {
    case 'numbers': {
      const numbers = uniform(count * steps * configuration.input)
      return { count, numbers, tokens: null, lengths, targetNumbers: uniform(count), targetTokens: null }
    }
    case 'tagger': {
      const numbers = uniform(count * steps * configuration.input)
      return { count, numbers, tokens: null, lengths, targetNumbers: null, targetTokens: classes(configuration.tags) }
    }
    case 'symbols':
    case 'transformer': {
      const { vocabulary } = configuration
      const tokens = classes(vocabulary)
      return { count, numbers: null, tokens, lengths, targetNumbers: null, targetTokens: classes(vocabulary) }
    }
    default:
      return assertNever(configuration)
  }
}

function names(word: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${word} ${index + 1}`)
}
