import { present } from '../base/invariant'
import type { ShardFeeds } from '../data/batches'
import type { FeedName } from '../ir/program'
import type { KernelMemory } from '../ops/kernel'
import type { Job, RunSpec } from './job'

/** Feeds of one program in one shard. */
export interface BoundFeeds {
  data: ShardFeeds
  randomSeed: Int32Array | null
  progress: Float32Array | Float64Array | null
}

/** Views of a program's feeds at their largest; of a program that there is not, none. */
export function bindFeeds(spec: RunSpec, memory: KernelMemory, program: Job['program'], shard: number): BoundFeeds {
  const plan = spec[program]
  const empty = { input: null, lengths: null, target: null, lossScale: null }
  if (plan === null) return { data: empty, randomSeed: null, progress: null }
  const start = (name: FeedName) => {
    const value = plan.program.feeds[name]
    if (value === undefined) return null
    const place = present(plan.locations[value], `feed ${name} has no place`)
    const places = present(spec.layout.shards[shard], `there is no shard ${shard}`)
    const offset = places[place.region] + place.offset
    return {
      offset,
      end: offset + place.size,
      dtype: present(plan.program.values[value], `no feed ${name}`).type.dtype,
    }
  }
  const integers = (name: FeedName) => {
    const at = start(name)
    return at && memory.i.subarray(at.offset, at.end)
  }
  const floats = (name: FeedName) => {
    const at = start(name)
    return at && memory.f.subarray(at.offset, at.end)
  }
  const either = (name: FeedName) => (start(name)?.dtype === 'i32' ? integers(name) : floats(name))
  return {
    data: {
      input: either('input'),
      lengths: integers('lengths'),
      target: either('target'),
      targetInput: integers('targetInput'),
      targetLengths: integers('targetLengths'),
      lossScale: floats('lossScale'),
    },
    randomSeed: integers('randomSeed'),
    progress: floats('progress'),
  }
}
