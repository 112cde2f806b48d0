import { present } from '../base/invariant'
import type { Plan } from '../compile/plan'
import type { Job } from './job'
import type { Session } from './session'

/** Where numbers stopped being numbers. */
export interface DivergenceOrigin {
  /** Node whose result or gradient was the first that is NaN or infinite; null: the compiler's own instruction. */
  node: string | null
  /** `weights`: they were spoilt already when the step began. */
  phase: 'weights' | 'forward' | 'backward'
}

/**
 * Runs the batch of `step` again, instruction by instruction in program order, until a result is not finite. Call it after a step
 * whose loss or gradient was not finite: no weight has moved since. Null when every single number is finite (a sum overflowed).
 */
export function findDivergence(session: Session, step: number): DivergenceOrigin | null {
  const { local } = session.pool
  const plan = present(local.spec.train, 'only training diverges')
  for (const { value, node } of plan.program.parameters) {
    const place = present(plan.locations[value], `a weight of ${node} has no place`)
    const start = local.spec.layout.parameters + place.offset
    if (!allFinite(local.memory.f, start, place.size)) return { node, phase: 'weights' }
  }
  for (let batch = 0; batch < session.batchesOf(step); batch++) {
    const origin = firstSpoilt(session, plan, session.loadBatch(step, batch))
    if (origin !== null) return origin
  }
  return null
}

/** In one batch, which is in the feeds. */
function firstSpoilt(session: Session, plan: Plan, job: Job): DivergenceOrigin | null {
  const { local } = session.pool
  for (let shard = 0; shard < local.spec.layout.shards.length; shard++) {
    const rows = job.rows[shard] ?? 0
    if (rows === 0) continue
    const binding = local.binding('train', shard, rows, job.steps)
    let found: DivergenceOrigin | null = null
    binding.runObserved((index) => {
      if (found !== null) return
      const instruction = present(plan.program.instructions[index], `no instruction ${index}`)
      const spoilt = instruction.outputs.some((output) => {
        if (plan.program.values[output]?.type.dtype !== 'f32') return false
        const { offset, size } = binding.span(output)
        return !allFinite(local.memory.f, offset, size)
      })
      if (!spoilt) return
      found = { node: instruction.node, phase: instruction.phase === 'backward' ? 'backward' : 'forward' }
    })
    if (found !== null) return found
  }
  return null
}

/** What the user reads: what happened, where it began, and what to try, most promising first. */
export function describeDivergence(facts: {
  step: number
  /** Null: not known. */
  nodeTitle: string | null
  phase: DivergenceOrigin['phase'] | null
  learningRate: number
  clipNorm: number
  /** Step of the weights that were kept, or null when none were measured yet. */
  keptStep: number | null
}): string {
  const { step, nodeTitle, phase, learningRate, clipNorm, keptStep } = facts
  const place =
    nodeTitle === null ? '' : ` It began in ${phase === 'backward' ? 'the gradient of ' : ''}“${nodeTitle}”.`
  const kept = keptStep === null ? '' : ` The weights of step ${keptStep}, the best so far, are kept.`
  const smaller = Number((learningRate / 10).toPrecision(2))
  const clipping =
    clipNorm === 0 ? ', or limit the gradient to a norm of 1' : clipNorm > 1 ? ', or a gradient limit of 1' : ''
  return `At step ${step} the numbers grew without limit (not a number or infinite).${place}${kept} Try a learning rate of ${smaller} instead of ${learningRate}${clipping}.`
}

function allFinite(values: Float32Array | Float64Array, start: number, count: number): boolean {
  // NaN and infinity survive a product with 0; everything else gives 0.
  let sum = 0
  for (let index = start; index < start + count; index++) sum += 0 * (values[index] ?? 0)
  return sum === 0
}
