import { assertNever } from '../base/invariant'
import { rng } from '../base/rng'
import type { DataSummary, ExampleSet, PreparedData } from '../data/prepared'
import { END_TOKEN } from '../data/sequences'

/** Examples that a summary could be of, everything random but settled by the seed; lengths differ where the summary allows it. */
export function randomData(summary: DataSummary, seed: number): PreparedData {
  const split = (part: keyof DataSummary['examples']): ExampleSet =>
    randomExamples(summary, summary.examples[part], seed, part)
  return {
    summary,
    splits: { training: split('training'), validation: split('validation'), test: split('test') },
    baselines: [],
    metric: { kind: 'accuracy', label: 'right', unit: '%' },
    inputScaling: null,
    targetScaling: null,
    vocabulary: null,
    warnings: [],
  }
}

function randomExamples(summary: DataSummary, count: number, seed: number, part: string): ExampleSet {
  const { input, target, maximumSteps, variableLength } = summary
  const random = rng(seed).split(part)
  const lengths = Int32Array.from({ length: count }, () =>
    variableLength ? 1 + random.integer(maximumSteps) : maximumSteps,
  )
  const valid = (cell: number): boolean => cell % maximumSteps < (lengths[Math.floor(cell / maximumSteps)] ?? 0)
  const tokens = (limit: number, padding: number): Int32Array =>
    Int32Array.from({ length: count * maximumSteps }, (_, cell) => (valid(cell) ? random.integer(limit) : padding))
  const numbers = (width: number, cells: number, known: (cell: number) => boolean): Float32Array =>
    Float32Array.from({ length: cells * width }, (_, index) =>
      known(Math.floor(index / width)) ? Math.fround(random.normal()) : 0,
    )
  const targetLengths = Int32Array.from({ length: count }, () => 1 + random.integer(maximumSteps))
  /** Symbols and the end, -1 past that. */
  const answers = (vocabulary: number): Int32Array =>
    Int32Array.from({ length: count * maximumSteps }, (_, cell) => {
      const last = (targetLengths[Math.floor(cell / maximumSteps)] ?? 0) - 1
      const step = cell % maximumSteps
      if (step >= last) return step === last ? END_TOKEN : -1
      return END_TOKEN + 1 + random.integer(vocabulary - END_TOKEN - 1)
    })
  const targetTokens = (): Int32Array | null => {
    switch (target.kind) {
      case 'class':
        return Int32Array.from({ length: count }, () => random.integer(target.classes.length))
      case 'symbol':
        return tokens(target.vocabulary, -1)
      case 'tag':
        return tokens(target.tags.length, -1)
      case 'sequence':
        return answers(target.vocabulary)
      case 'numbers':
        return null
      default:
        return assertNever(target)
    }
  }
  return {
    count,
    lengths,
    numbers: input.kind === 'numbers' ? numbers(input.features.length, count * maximumSteps, valid) : null,
    tokens: input.kind === 'tokens' ? tokens(input.vocabulary, 0) : null,
    targetNumbers: target.kind === 'numbers' ? numbers(target.names.length, count, () => true) : null,
    targetTokens: targetTokens(),
    ...(target.kind === 'sequence' ? { targetLengths } : {}),
  }
}
