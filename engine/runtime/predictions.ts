import { assertNever, InternalError, invariant } from '../base/invariant'
import type { Rng } from '../base/rng'
import type { PreparedData } from '../data/prepared'
import { type ModelInput, predictRows, softmax } from './predictRows'
import type { ShardWork } from './shardWork'

/** What a model says of one input that is no sequence of its own (answers.ts) and no running text (`continueText`). */
export type Prediction =
  | { kind: 'class'; probabilities: { name: string; probability: number }[] }
  /** One for each word that was read. */
  | { kind: 'tag'; tags: { name: string; probability: number }[] }
  /** In the user's unit; of quantiles all, lowest first. */
  | { kind: 'numbers'; values: { name: string; values: number[]; quantiles: readonly number[] | null }[] }

/** What the first output of an opened run says of one input, classes by falling probability. */
export function predictOne(work: ShardWork, data: PreparedData, input: ModelInput): Prediction {
  const { target, maximumSteps } = data.summary
  const steps = 'tokens' in input ? input.tokens.length : maximumSteps
  const said = predictRows(work, [input], steps)
  switch (target.kind) {
    case 'class': {
      const shares = said.length === 1 ? ofOneScore(said[0] ?? 0) : softmax(said)
      const named = target.classes.map((name, index) => ({ name, probability: shares[index] ?? 0 }))
      return { kind: 'class', probabilities: named.toSorted((a, b) => b.probability - a.probability) }
    }
    case 'tag': {
      const width = target.tags.length
      const tags = Array.from({ length: steps }, (_, step) => {
        const shares = softmax(said.subarray(step * width, (step + 1) * width))
        const best = shares.indexOf(Math.max(...shares))
        return { name: target.tags[best] ?? '', probability: shares[best] ?? 0 }
      })
      return { kind: 'tag', tags }
    }
    case 'numbers': {
      const quantiles = work.spec.predict.program.heads[0]?.quantiles ?? null
      const each = quantiles?.length ?? 1
      const inUnit = (column: number, value: number) =>
        value * (data.targetScaling?.scale[column] ?? 1) + (data.targetScaling?.offset[column] ?? 0)
      const values = target.names.map((name, column) => ({
        name,
        values: Array.from(said.subarray(column * each, (column + 1) * each), (value) => inUnit(column, value)),
        quantiles,
      }))
      return { kind: 'numbers', values }
    }
    case 'symbol':
    case 'sequence':
      throw new InternalError(`${target.kind} is predicted symbol by symbol`)
    default:
      return assertNever(target)
  }
}

/** The logit of the second of two classes. */
function ofOneScore(score: number): number[] {
  const second = 1 / (1 + Math.exp(-score))
  return [1 - second, second]
}

export interface ContinueOptions {
  /** Symbols to say. */
  length: number
  /** 0: always the likeliest; 1: by the model's own probabilities; above: more daring. */
  temperature: number
  random: Rng
}

/**
 * Goes on with a running text, one symbol after another, each read back; the model sees as many of the last ones as its data show it. The
 * symbol of what is unknown is never said.
 */
export function continueText(
  work: ShardWork,
  data: PreparedData,
  start: Int32Array,
  { length, temperature, random }: ContinueOptions,
): number[] {
  const { target, maximumSteps } = data.summary
  invariant(target.kind === 'symbol', 'only running text goes on')
  const width = target.vocabulary
  const text = [...start]
  for (let said = 0; said < length; said++) {
    const seen = Int32Array.from(text.slice(-maximumSteps))
    const logits = predictRows(work, [{ tokens: seen }], seen.length)
    const scores = logits.subarray((seen.length - 1) * width + 1, seen.length * width)
    text.push(1 + choose(scores, temperature, random))
  }
  return text.slice(start.length)
}

function choose(scores: Float32Array | Float64Array, temperature: number, random: Rng): number {
  if (temperature === 0) return scores.indexOf(Math.max(...scores))
  const shares = softmax(scores, temperature)
  let left = random.uniform()
  for (const [index, share] of shares.entries()) {
    left -= share
    if (left < 0) return index
  }
  // Rounding may leave a little over.
  return scores.length - 1
}
