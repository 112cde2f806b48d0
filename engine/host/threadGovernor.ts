import type { Session } from '../runtime/session'
import type { ShardPool } from '../runtime/shardPool'

/** Below this many milliseconds a step is too short to share: waking threads costs more. */
const TOO_SHORT = 0.1
/** Changing over must save this much of a step. */
const WORTH_IT = 0.9
/** Measurements of each way before the first step: in turn, so that a busy moment spoils both, until they took so long together. */
const START = { rounds: 5, leastRounds: 2, milliseconds: 250 } as const
/** Steps that are remembered. */
const RECENT = 21
/** Steps of a trial that are counted (the first is not): so many, or fewer once they took so long. */
const TRIAL = { steps: 5, leastSteps: 2, milliseconds: 150 } as const
/**
 * A trial of the other way comes after at least so many steps and milliseconds. The first one soon, for what was measured at the start
 * may have been chance; each that confirms the choice doubles the time to the next.
 */
const FIRST = { steps: 8, milliseconds: 50 } as const
const LAST = { steps: 60, milliseconds: 3000 } as const
/** Steps that became slower or faster by this factor call for a trial soon. */
const OTHERWISE = 1.6
/** Confirmations that are left then: batches of changing length must not make a trial of every other step. */
const CHANGED = 2

/**
 * Decides whether a run uses one thread or all, by what a step costs: measured before the first step, and tried again, soon at first
 * and whenever steps change their cost, because other programs come and go. Which way it goes changes no digit of the run.
 */
export class ThreadGovernor {
  readonly #pool: ShardPool
  readonly #recent: number[] = []
  readonly #trial: number[] = []
  #trying = false
  #sinceTrial = 0
  #stepsSinceTrial = 0
  /** How often the choice was confirmed one time after another. */
  #confirmed = 0
  /** What a step cost when that happened last; null: not known. */
  #expected: number | null = null

  constructor(pool: ShardPool) {
    this.#pool = pool
  }

  /** Measures the first batch both ways; computes only, so that no weight moves. @param now milliseconds */
  start(session: Session, now: () => number): void {
    if (this.#pool.available === 1) return
    const job = session.loadBatch(1)
    const cost = (all: boolean) => {
      this.#pool.shareWork(all)
      const start = now()
      this.#pool.run(job)
      return now() - start
    }
    // The first time binds the plan and lets V8 compile.
    cost(false)
    let alone = cost(false)
    if (alone < TOO_SHORT) {
      this.#pool.shareWork(false)
      return
    }
    cost(true)
    let together = Number.POSITIVE_INFINITY
    const start = now()
    for (let round = 0; round < START.rounds; round++) {
      if (round >= START.leastRounds && now() - start > START.milliseconds) break
      together = Math.min(together, cost(true))
      alone = Math.min(alone, cost(false))
    }
    this.#pool.shareWork(together < alone * WORTH_IT)
  }

  /** After every step. @param milliseconds that it took, without looks at other data */
  stepped(milliseconds: number): void {
    if (this.#pool.available === 1) return
    if (this.#trying) this.#tried(milliseconds)
    else this.#worked(milliseconds)
  }

  #worked(milliseconds: number): void {
    this.#recent.push(milliseconds)
    if (this.#recent.length > RECENT) this.#recent.shift()
    this.#sinceTrial += milliseconds
    this.#stepsSinceTrial++
    if (this.#hasChanged()) {
      this.#confirmed = Math.min(this.#confirmed, CHANGED)
      this.#expected = null
    }
    const patience = 2 ** this.#confirmed
    if (this.#stepsSinceTrial < Math.min(FIRST.steps * patience, LAST.steps)) return
    if (this.#sinceTrial < Math.min(FIRST.milliseconds * patience, LAST.milliseconds)) return
    this.#sinceTrial = 0
    this.#stepsSinceTrial = 0
    if (this.#pool.threads === 1 && median(this.#recent) < TOO_SHORT) {
      this.#confirm()
      return
    }
    this.#trying = true
    this.#pool.shareWork(this.#pool.threads === 1)
  }

  #tried(milliseconds: number): void {
    this.#trial.push(milliseconds)
    const counted = this.#trial.slice(1)
    const took = counted.reduce((sum, step) => sum + step, 0)
    const isLong = counted.length >= TRIAL.leastSteps && took >= TRIAL.milliseconds
    if (counted.length < TRIAL.steps && !isLong) return
    this.#trying = false
    this.#trial.length = 0
    if (median(counted) < median(this.#recent) * WORTH_IT) {
      this.#recent.length = 0
      this.#confirmed = 1
      this.#expected = null
    } else {
      this.#pool.shareWork(this.#pool.threads === 1)
      this.#confirm()
    }
  }

  #confirm(): void {
    this.#confirmed = Math.min(this.#confirmed + 1, 10)
    this.#expected = median(this.#recent)
  }

  #hasChanged(): boolean {
    if (this.#expected === null || this.#recent.length < RECENT) return false
    const now = median(this.#recent)
    return now > this.#expected * OTHERWISE || now * OTHERWISE < this.#expected
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
