import { END_TOKEN, START_TOKEN } from '../data/sequences'
import { type Answer, beamSearch } from './beamSearch'
import { DecoderStepper, type Looks } from './decoderStepper'
import type { ShardWork } from './shardWork'

/**
 * What a decoder says about a source, best first: by beam search, which with width 1 is greedy. The same digits on every run and with every
 * number of threads.
 *
 * @param work of an opened run whose first output is a decoder; its first shard's feeds and arena are used
 * @param width at most the rows of one shard (`plan.maximumRows`)
 */
export function answersTo(work: ShardWork, source: Int32Array, steps: number, width: number): Answer<Looks>[] {
  const stepper = new DecoderStepper(work, source, steps, width)
  return beamSearch(stepper, { width, longest: steps, start: START_TOKEN, end: END_TOKEN })
}
