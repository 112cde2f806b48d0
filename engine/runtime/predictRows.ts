import { invariant, present } from '../base/invariant'
import { START_TOKEN } from '../data/sequences'
import type { Program } from '../ir/program'
import type { Binding } from './bindPlan'
import type { ShardWork } from './shardWork'

/** What one row reads: tokens, or numbers [steps, features] as the data scale them. */
export type ModelInput = { tokens: Int32Array } | { numbers: Float32Array; features: number }

/**
 * Binds the predict program to these rows, at most as many as one shard holds, and puts them into its feeds: targets nobody knows, answers of
 * sequences as long as may be, nothing carried from before. Whoever gets the binding runs it.
 *
 * @param steps T: at least the longest input
 */
export function loadRows(work: ShardWork, inputs: readonly ModelInput[], steps: number): Binding {
  const { predict } = work.spec
  const { program } = predict
  const rows = inputs.length
  const binding = work.binding('predict', 0, rows, steps)
  const { f: floats, i: integers } = work.memory
  const fill = (name: keyof Program['feeds'], value: number): void => {
    const feed = program.feeds[name]
    if (feed === undefined) return
    const { offset, size } = binding.span(feed)
    const isInteger = program.values[feed]?.type.dtype === 'i32'
    if (isInteger) integers.fill(value, offset, offset + size)
    else floats.fill(value, offset, offset + size)
  }
  fill('input', 0)
  fill('target', 0)
  fill('targetInput', START_TOKEN)
  fill('targetLengths', steps)
  fill('lossScale', 0)
  fill('randomSeed', 0)
  for (const { start } of program.carried ?? []) {
    const { offset, size } = binding.span(start)
    floats.fill(0, offset, offset + size)
  }
  const input = binding.span(present(program.feeds.input, 'a model reads its input'))
  const lengths = program.feeds.lengths === undefined ? null : binding.span(program.feeds.lengths)
  for (const [row, given] of inputs.entries()) {
    const length = 'tokens' in given ? given.tokens.length : given.numbers.length / given.features
    invariant(length >= 1 && length <= steps, `an input of ${length} time steps where ${steps} are bound`)
    if (lengths) integers[lengths.offset + row] = length
    for (let t = 0; t < length; t++) {
      const at = t * rows + row
      if ('tokens' in given) integers[input.offset + at] = given.tokens[t] ?? 0
      else {
        const { numbers, features } = given
        for (let f = 0; f < features; f++) floats[input.offset + at * features + f] = numbers[t * features + f] ?? 0
      }
    }
  }
  return binding
}

/** What the first output says of each row, as it lies in memory: [B, O], logits [B, C] or [T, B, V]. */
export function predictRows(
  work: ShardWork,
  inputs: readonly ModelInput[],
  steps: number,
): Float32Array | Float64Array {
  const binding = loadRows(work, inputs, steps)
  binding.run(false)
  const head = present(work.spec.predict.program.heads[0], 'a program has an output')
  const { offset, size } = binding.span(head.prediction)
  return work.memory.f.slice(offset, offset + size)
}

/** Probabilities out of scores; with `temperature` below 1 more certain, above 1 less. */
export function softmax(scores: ArrayLike<number>, temperature = 1): number[] {
  const values = Array.from(scores, (score) => score / temperature)
  const most = values.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY)
  const powers = values.map((value) => Math.exp(value - most))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}
