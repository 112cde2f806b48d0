import { beforeEach, describe, expect, it } from 'vitest'
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

  run(): number {
    this.clock += this.threads === 1 ? this.cost.alone : this.cost.together
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
    ['a step too short to share', 0.05, 0.01, 1],
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

  it('spends little on trying', () => {
    start(10, 40)
    const { alone, together } = train(60_000)
    expect(together / (alone + together)).toBeLessThan(0.025)
  })

  it('never tries where a step is too short', () => {
    start(0.05, 0.01)
    expect(train(10_000).together).toBe(0)
  })
})
