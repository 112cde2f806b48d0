import { assertNever } from '../base/invariant'
import type { LearningRateSchedule } from '../document/trainingSchema'

/** How long a run is, in optimizer steps. */
export interface RunLength {
  totalSteps: number
  stepsPerEpoch: number
}

/** Share of the steps in which one-cycle climbs, and what its peak is divided by at the start and (once more) at the end. */
const ONE_CYCLE = { rise: 0.3, start: 25, end: 1e4 } as const

/**
 * What the learning rate is multiplied by in the step after `done` steps, in PyTorch's conventions: `StepLR` and `ExponentialLR`
 * by epoch; by step a linear warm-up (`LinearLR` from 1 / (warm-up steps + 1)) followed by `CosineAnnealingLR` to 0, and `OneCycleLR`
 * (Smith & Topin 2018, cosine, without a cycle of momentum), where the learning rate of the document is the peak. A plateau follows from
 * the losses, not from the step: see Plateau.
 */
export function scheduleFactor(schedule: LearningRateSchedule, done: number, length: RunLength): number {
  const { totalSteps, stepsPerEpoch } = length
  const epoch = Math.floor(done / stepsPerEpoch)
  switch (schedule.kind) {
    case 'constant':
    case 'plateau':
      return 1
    case 'step':
      return schedule.factor ** Math.floor(epoch / schedule.everyEpochs)
    case 'exponential':
      return schedule.factor ** epoch
    case 'cosine':
      return warmUpThenCosine(done, totalSteps, Math.round(schedule.warmup * totalSteps))
    case 'oneCycle':
      return oneCycle(done, totalSteps)
    default:
      return assertNever(schedule)
  }
}

function warmUpThenCosine(done: number, totalSteps: number, warmup: number): number {
  return done < warmup ? (done + 1) / (warmup + 1) : between(1, 0, (done - warmup) / Math.max(1, totalSteps - warmup))
}

function oneCycle(done: number, totalSteps: number): number {
  const first = 1 / ONE_CYCLE.start
  const last = totalSteps - 1
  const peak = ONE_CYCLE.rise * totalSteps - 1
  if (done <= peak) return peak === 0 ? 1 : between(first, 1, done / peak)
  return between(1, first / ONE_CYCLE.end, (done - peak) / (last - peak))
}

/** From one value to another along half a cosine. */
function between(start: number, end: number, way: number): number {
  return end + ((start - end) / 2) * (1 + Math.cos(Math.PI * way))
}
