import { present } from '../base/invariant'
import type { Plan } from '../compile/plan'
import type { KernelMemory } from '../ops/kernel'
import type { MemoryLayout } from './layout'

/** How a batch is cut into shards. */
interface Rows {
  shardStart(shard: number): number
  shardRows(shard: number): number
}

/** One state: where it begins and ends in each shard, and its last value for every row of a batch. */
interface State {
  width: number
  starts: readonly number[]
  ends: readonly number[]
  /** [rows, width] */
  rows: Float64Array
}

/**
 * What the layers of a program remember between two batches, row by row, so that a batch with fewer rows may be cut into shards
 * elsewhere. Allocates nothing after it is made.
 */
export class CarriedStates {
  readonly #memory: KernelMemory
  readonly #states: readonly State[]

  /** @param rows of a batch at most, in all shards together */
  constructor(plan: Plan, layout: MemoryLayout, memory: KernelMemory, rows: number) {
    this.#memory = memory
    this.#states = (plan.program.carried ?? []).map(({ start, end }) => {
      const width = Number(present(plan.program.values[start], `no value ${start}`).type.dims[1])
      const inShards = (value: number) => {
        const { region, offset } = present(plan.locations[value], `%${value} has no place`)
        return layout.shards.map((places) => places[region] + offset)
      }
      return { width, starts: inShards(start), ends: inShards(end), rows: new Float64Array(rows * width) }
    })
  }

  /** Is there nothing to carry? */
  get isEmpty(): boolean {
    return this.#states.length === 0
  }

  /** Everything is forgotten: a stream of batches begins. */
  clear(): void {
    for (const { rows } of this.#states) rows.fill(0)
  }

  /** Before a batch: puts what was remembered where its rows begin. */
  load(batch: Rows): void {
    for (const { width, starts, rows } of this.#states) {
      for (let shard = 0; shard < starts.length; shard++) {
        const from = batch.shardStart(shard) * width
        const size = batch.shardRows(shard) * width
        const start = starts[shard] ?? 0
        for (let index = 0; index < size; index++) this.#memory.f[start + index] = rows[from + index] ?? 0
      }
    }
  }

  /** After a batch: remembers how its rows ended. */
  keep(batch: Rows): void {
    for (const { width, ends, rows } of this.#states) {
      for (let shard = 0; shard < ends.length; shard++) {
        const to = batch.shardStart(shard) * width
        const size = batch.shardRows(shard) * width
        const end = ends[shard] ?? 0
        for (let index = 0; index < size; index++) rows[to + index] = this.#memory.f[end + index] ?? 0
      }
    }
  }

  /** A copy of everything that is remembered, for checkpoints. */
  snapshot(): Float64Array[] {
    return this.#states.map(({ rows }) => rows.slice())
  }

  /** Goes back to a snapshot; false when it is of another model or batch. */
  restore(snapshot: readonly Float64Array[]): boolean {
    const fits = this.#states.length === snapshot.length
    if (!fits || this.#states.some(({ rows }, index) => rows.length !== snapshot[index]?.length)) return false
    for (const [index, { rows }] of this.#states.entries()) rows.set(snapshot[index] ?? [])
    return true
  }
}
