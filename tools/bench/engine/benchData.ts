import { type Rng, rng } from '../../../engine/base/rng'
import type { ExampleSet, PreparedData } from '../../../engine/data/prepared'
import type { Configuration } from './configuration'

/** Batches of an epoch: enough that cutting batches from shuffled examples is part of what is timed. */
const BATCHES = 4

/** Drawn examples of the configuration's shape, all of full length. */
export function benchData(configuration: Configuration): PreparedData {
  const { name, steps } = configuration
  const examples = drawExamples(configuration, rng(7))
  const nothing = { training: 0, validation: 0, test: 0 }
  const symbols = configuration.kind === 'numbers' ? null : configuration.vocabulary
  return {
    summary: {
      title: name,
      sentence: 'drawn numbers',
      input:
        configuration.kind === 'numbers'
          ? { kind: 'numbers', features: names('input', configuration.input) }
          : { kind: 'tokens', vocabulary: configuration.vocabulary, unit: 'letter' },
      target:
        symbols === null
          ? { kind: 'numbers', names: names('output', 1) }
          : { kind: 'symbol', vocabulary: symbols, unit: 'letter' },
      maximumSteps: steps,
      variableLength: false,
      stepWord: 'step',
      examples: { training: examples.count, validation: examples.count, test: examples.count },
      fingerprint: name,
    },
    splits: { training: examples, validation: examples, test: examples },
    baselines: [{ name: 'none', loss: nothing, metric: nothing }],
    metric:
      symbols === null
        ? { kind: 'absoluteError', label: 'mean error', unit: '' }
        : { kind: 'accuracy', label: 'right', unit: '' },
    inputScaling: null,
    targetScaling: null,
    vocabulary: symbols === null ? null : names('symbol', symbols),
    warnings: [],
  }
}

function drawExamples(configuration: Configuration, random: Rng): ExampleSet {
  const { batch, steps } = configuration
  const count = batch * BATCHES
  const lengths = new Int32Array(count).fill(steps)
  const uniform = (size: number) => Float32Array.from({ length: size }, () => 2 * random.uniform() - 1)
  if (configuration.kind === 'numbers') {
    const numbers = uniform(count * steps * configuration.input)
    return { count, numbers, tokens: null, lengths, targetNumbers: uniform(count), targetTokens: null }
  }
  const { vocabulary } = configuration
  const symbols = () => Int32Array.from({ length: count * steps }, () => random.integer(vocabulary))
  return { count, numbers: null, tokens: symbols(), lengths, targetNumbers: null, targetTokens: symbols() }
}

function names(word: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${word} ${index + 1}`)
}
