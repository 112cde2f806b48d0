import { beforeEach, describe, expect, it } from 'vitest'
import { rng } from '../base/rng'
import { prepareData } from '../data/prepare'
import { Session } from '../runtime/session'
import type { ShardPool } from '../runtime/shardPool'
import type { ShardWork } from '../runtime/shardWork'
import { smallDocument } from '../testing/smallDocument'
import { float32Reference, openTestSession } from '../testing/testSession'
import { ThreadGovernor } from './threadGovernor'

const document = smallDocument()
const data = prepareData(document.data, null)
if (!data.ok) throw new Error('the generator failed')
const { pool: real } = openTestSession(document, data.value, float32Reference)

/** A pool of two threads whose jobs cost what the test says; its clock moves with them. */
class PretendedPool implements ShardPool {
  readonly available = 2
  readonly local: ShardWork = real.local
  threads = 2
  cost = { alone: 1, together: 1 }
  clock = 0
  runs = 0
  /** Numbers of runs, from 0, that another program held up. */
  disturbed: readonly number[] = []
  /** Another program has the second core for the first `taken` of every `period` milliseconds: steps of two threads wait so long. */
  rival = { period: 1, taken: 0 }

  run(): number {
    const cost = this.threads === 1 ? this.cost.alone : this.cost.together
    const sinceTurn = this.clock % this.rival.period
    if (this.threads > 1 && sinceTurn < this.rival.taken) this.clock += this.rival.taken - sinceTurn
    this.clock += this.disturbed.includes(this.runs++) ? 10 * cost : cost
    return Number.NaN
  }

  shareWork(all: boolean): void {
    this.threads = all ? 2 : 1
  }

  async close(): Promise<void> {}
}

let pool: PretendedPool
let governor: ThreadGovernor

beforeEach(() => {
  pool = new PretendedPool()
  governor = new ThreadGovernor(pool)
})

function start(alone: number, together: number): void {
  pool.cost = { alone, together }
  if (!data.ok) return
  const { spec } = real.local
  const session = new Session({ spec, pool, data: data.value, training: document.training })
  governor.start(session, () => pool.clock)
}

/** Steps for so many milliseconds of the pool's clock; returns how many were made by one thread and by two. */
function train(milliseconds: number): { alone: number; together: number } {
  const made = { alone: 0, together: 0 }
  const end = pool.clock + milliseconds
  while (pool.clock < end) {
    made[pool.threads === 1 ? 'alone' : 'together']++
    const before = pool.clock
    pool.run()
    governor.stepped(pool.clock - before)
  }
  return made
}

describe('ThreadGovernor', () => {
  it.each([
    ['a step too short to share', 0.015, 0.01, 1],
    ['a short step that two threads halve', 0.05, 0.025, 2],
    ['a short step whose meetings eat the gain', 0.05, 0.046, 1],
    ['two threads that save half', 10, 5, 2],
    ['two threads that save next to nothing', 10, 9.5, 1],
    ['two threads that are slower', 10, 12, 1],
  ])('starts well: %s', (_, alone, together, threads) => {
    start(alone, together)
    expect(pool.threads).toBe(threads)
  })

  it('changes over when another program takes a core, and back when it has gone', () => {
    start(10, 5)
    train(5000)
    expect(pool.threads).toBe(2)
    pool.cost = { alone: 10, together: 25 }
    train(8000)
    expect(pool.threads).toBe(1)
    pool.cost = { alone: 10, together: 5 }
    train(8000)
    expect(pool.threads).toBe(2)
  })

  it.each([[[3, 4]], [[3, 5]], [[0, 1, 2, 3]]])('starts well although runs %j were held up', (disturbed) => {
    pool.disturbed = disturbed
    start(10, 5)
    expect(pool.threads).toBe(2)
  })

  it.each([
    ['very short steps', 0.05, 0.03, 130],
    ['short steps', 2, 1, 130],
    ['middling steps', 20, 10, 400],
    ['long steps', 1000, 500, 15_000],
  ])('mends a wrong start soon: %s', (_, alone, together, milliseconds) => {
    // All cores were busy at the start.
    start(alone, 4 * alone)
    expect(pool.threads).toBe(1)
    pool.cost = { alone, together }
    train(milliseconds)
    const then = train(20 * milliseconds)
    expect(then.together / (then.alone + then.together)).toBeGreaterThan(0.9)
  })

  it('tries sooner again when steps become slower', () => {
    start(10, 5)
    train(60_000)
    expect(pool.threads).toBe(2)
    pool.cost = { alone: 10, together: 25 }
    train(2500)
    expect(pool.threads).toBe(1)
  })

  it('is not misled by batches of changing length', () => {
    start(10, 20)
    let tried = 0
    const random = rng(3)
    for (let step = 0; step < 3000; step++) {
      const length = 0.3 + 1.4 * random.uniform()
      pool.cost = { alone: 10 * length, together: 20 * length }
      tried += train(1).together
    }
    expect(pool.threads).toBe(1)
    expect(tried / 3000).toBeLessThan(0.06)
  })

  it('spends little on trying', () => {
    start(10, 40)
    const { alone, together } = train(60_000)
    expect(together / (alone + together)).toBeLessThan(0.025)
  })

  it('never tries where a step is too short', () => {
    start(0.015, 0.01)
    expect(train(1000).together).toBe(0)
  })

  it.each([
    ['half of the time: 100 steps fit into what is left of a turn, one thread makes 120', 3, 1],
    ['a sixth of the time: 166 steps against 120', 1, 2],
  ])('counts what waiting for a taken core costs short steps, %s', (_, taken, threads) => {
    pool.rival = { period: 6, taken }
    start(0.05, 0.03)
    train(1000)
    expect(pool.threads).toBe(threads)
  })

  it('gives a core up to another program although most of the short steps are as fast as ever', () => {
    start(0.05, 0.025)
    train(1000)
    expect(pool.threads).toBe(2)
    pool.rival = { period: 12, taken: 9 }
    train(6500)
    expect(pool.threads).toBe(1)
  })

  it('spends little on trying short steps', () => {
    start(0.05, 0.2)
    pool.clock = 0
    const { alone } = train(20_000)
    expect((alone * 0.05) / pool.clock).toBeGreaterThan(0.95)
  })
})
