import type { Session } from '../runtime/session'
import type { ShardPool } from '../runtime/shardPool'

/** Below this many milliseconds a step is too short to share: three meetings, and what one core must fetch from the other, take as long. */
const TOO_SHORT = 0.02
/**
 * Steps are looked at by slices of so many milliseconds, a longer one alone. Where another program has one of the cores now and then, a
 * few short steps out of many wait for it: only their mean over more than one turn of the scheduler shows what that costs.
 */
const SLICE = 10
/** Changing over must save this much of a step. */
const WORTH_IT = 0.9
/** Slices of each way before the first step: in turn, so that a busy moment spoils both, until they took so long together. */
const START = { rounds: 5, leastRounds: 2, milliseconds: 250 } as const
/** Slices that are remembered. */
const RECENT = 21
/** Slices of a trial: so many, or fewer once they took so long. Its first step, which wakes threads, is not counted. */
const TRIAL = { slices: 5, leastSlices: 2, milliseconds: 150 } as const
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

/** What a step cost in each of the last slices. */
class Slices {
  readonly #costs: number[] = []
  #steps = 0
  #milliseconds = 0
  /** Milliseconds of all whole slices since they were cleared. */
  took = 0

  get count(): number {
    return this.#costs.length
  }

  /** @returns whether this step ends a slice */
  add(milliseconds: number): boolean {
    this.#steps++
    this.#milliseconds += milliseconds
    if (this.#milliseconds < SLICE) return false
    this.#costs.push(this.#milliseconds / this.#steps)
    if (this.#costs.length > RECENT) this.#costs.shift()
    this.took += this.#milliseconds
    this.#steps = 0
    this.#milliseconds = 0
    return true
  }

  median(): number {
    return this.#costs.toSorted((a, b) => a - b)[Math.floor(this.#costs.length / 2)] ?? 0
  }

  clear(): void {
    this.#costs.length = 0
    this.#steps = 0
    this.#milliseconds = 0
    this.took = 0
  }
}

/**
 * Decides whether a run uses one thread or all, by what a step costs: measured before the first step, and tried again, soon at first
 * and whenever steps change their cost, because other programs come and go. Which way it goes changes no digit of the run.
 */
export class ThreadGovernor {
  readonly #pool: ShardPool
  readonly #recent = new Slices()
  readonly #trial = new Slices()
  #trying = false
  #trialSteps = 0
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
    const timeOne = () => {
      const start = now()
      this.#pool.run(job)
      return now() - start
    }
    const cost = (all: boolean) => {
      this.#pool.shareWork(all)
      // Wakes threads, which counts where a step is short.
      const first = timeOne()
      if (first >= SLICE) return first
      const start = now()
      let steps = 0
      do {
        this.#pool.run(job)
        steps++
      } while (now() - start < SLICE)
      return (now() - start) / steps
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
    const isWhole = this.#recent.add(milliseconds)
    this.#sinceTrial += milliseconds
    this.#stepsSinceTrial++
    if (isWhole && this.#hasChanged()) {
      this.#confirmed = Math.min(this.#confirmed, CHANGED)
      this.#expected = null
    }
    const patience = 2 ** this.#confirmed
    if (this.#stepsSinceTrial < Math.min(FIRST.steps * patience, LAST.steps)) return
    if (this.#sinceTrial < Math.min(FIRST.milliseconds * patience, LAST.milliseconds)) return
    this.#sinceTrial = 0
    this.#stepsSinceTrial = 0
    if (this.#pool.threads === 1 && this.#recent.median() < TOO_SHORT) {
      this.#confirm()
      return
    }
    this.#trying = true
    this.#pool.shareWork(this.#pool.threads === 1)
  }

  #tried(milliseconds: number): void {
    this.#trialSteps++
    if (this.#trialSteps === 1 || !this.#trial.add(milliseconds)) return
    const { count, took } = this.#trial
    const isLong = count >= TRIAL.leastSlices && took >= TRIAL.milliseconds
    if (count < TRIAL.slices && !isLong) return
    const isBetter = this.#trial.median() < this.#recent.median() * WORTH_IT
    this.#trying = false
    this.#trialSteps = 0
    this.#trial.clear()
    if (isBetter) {
      this.#recent.clear()
      this.#confirmed = 1
      this.#expected = null
    } else {
      this.#pool.shareWork(this.#pool.threads === 1)
      this.#confirm()
    }
  }

  #confirm(): void {
    this.#confirmed = Math.min(this.#confirmed + 1, 10)
    this.#expected = this.#recent.median()
  }

  #hasChanged(): boolean {
    if (this.#expected === null || this.#recent.count < RECENT) return false
    const now = this.#recent.median()
    return now > this.#expected * OTHERWISE || now * OTHERWISE < this.#expected
  }
}
