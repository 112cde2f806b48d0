import { InternalError, invariant, present } from '../base/invariant'
import { type Baseline, type PreparedData, SPLITS, type Split } from '../data/prepared'
import { type ClassMeasure, classBaselines } from '../data/symbolBaselines'
import type { Head, Instruction, Program } from '../ir/program'
import { countingOf } from '../ops/crossEntropy/crossEntropy'

/**
 * The data with their baselines measured by the losses of this program, so that a model and what it must beat are compared by the same
 * number: a program's loss is the sum of its heads' losses, each of which may be another. The headline metric is that of the first head.
 */
export function measuredBaselines(data: PreparedData, program: Program): PreparedData {
  const perHead = program.heads.map((head) => measuredBy(data, head, lossInstruction(program, head)))
  const measure = (baseline: Baseline, index: number): Baseline => {
    const loss: Record<Split, number> = { training: 0, validation: 0, test: 0 }
    for (const { head, baselines } of perHead) {
      for (const split of SPLITS) loss[split] += head.counting.weight * (baselines[index]?.loss[split] ?? 0)
    }
    const first = perHead[0]?.baselines[index]
    return { name: baseline.name, loss, metric: first?.metric ?? baseline.metric }
  }
  return { ...data, baselines: data.baselines.map(measure) }
}

function lossInstruction(program: Program, { loss }: Head): Instruction {
  const instruction = program.instructions.find(({ outputs }) => outputs.includes(loss))
  return present(instruction, 'a head has an instruction that makes its loss')
}

function measuredBy(
  data: PreparedData,
  head: Head,
  { op, attributes }: Instruction,
): { head: Head; baselines: Pick<Baseline, 'loss' | 'metric'>[] } {
  switch (op) {
    case 'crossEntropy':
    case 'binaryCrossEntropy': {
      const { labelSmoothing } = countingOf(op, attributes)
      return { head, baselines: classBaselinesBy(data, { counting: head.counting, labelSmoothing }) }
    }
    case 'meanSquaredError':
    case 'meanAbsoluteError':
    case 'huber':
    case 'quantileLoss':
      return {
        head,
        baselines: data.baselines.map((baseline) => ({
          metric: baseline.metric,
          loss: numberLoss(baseline, op, head),
        })),
      }
    default:
      throw new InternalError(`no baseline is measured by ${op}`)
  }
}

/** Measured anew only where classes count unequally. */
function classBaselinesBy(data: PreparedData, how: ClassMeasure): Pick<Baseline, 'loss' | 'metric'>[] {
  const { classWeights, ignored } = how.counting
  if (classWeights === null && ignored === null && how.labelSmoothing === 0) return data.baselines
  const measured = classBaselines(data, how) ?? []
  // A guess of another kind than those keeps the loss that its data gave it.
  return data.baselines.map((baseline) => measured.find(({ name }) => name === baseline.name) ?? baseline)
}

function numberLoss(
  { name, loss, otherLosses }: Baseline,
  op: 'meanSquaredError' | 'meanAbsoluteError' | 'huber' | 'quantileLoss',
  { quantiles = [] }: Head,
): Record<Split, number> {
  if (op === 'meanSquaredError') return loss
  const others = present(otherLosses, `“${name}” was not measured by ${op}`)
  if (op !== 'quantileLoss') return others[op]
  // One value for all quantiles: those of a pair q and 1 − q cost |e| together, the middle one |e| / 2.
  const isMirrored = quantiles.every(
    (quantile, index) => Math.abs(quantile + (quantiles.at(-1 - index) ?? 0) - 1) < 1e-9,
  )
  invariant(isMirrored, 'quantiles lie evenly around the middle')
  const half = { training: 0, validation: 0, test: 0 }
  for (const split of SPLITS) half[split] = others.meanAbsoluteError[split] / 2
  return half
}
