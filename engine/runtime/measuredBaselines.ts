import { InternalError, present } from '../base/invariant'
import { type Baseline, type PreparedData, SPLITS, type Split } from '../data/prepared'
import type { Program } from '../ir/program'

/**
 * The data with their baselines measured by the losses of this program, so that a model and what it must beat are compared by the same
 * number: a program's loss is the sum of its heads' losses, each of which may be another.
 */
export function measuredBaselines(data: PreparedData, program: Program): PreparedData {
  const kinds = program.heads.map(({ loss }) => {
    const instruction = program.instructions.find(({ outputs }) => outputs.includes(loss))
    return present(instruction, 'a head has an instruction that makes its loss').op
  })
  const measure = (baseline: Baseline): Baseline => {
    const loss: Record<Split, number> = { training: 0, validation: 0, test: 0 }
    for (const kind of kinds) {
      const part = lossOf(baseline, kind)
      for (const split of SPLITS) loss[split] += part[split]
    }
    return { name: baseline.name, loss, metric: baseline.metric }
  }
  return { ...data, baselines: data.baselines.map(measure) }
}

function lossOf({ name, loss, otherLosses }: Baseline, op: string): Record<Split, number> {
  switch (op) {
    case 'meanSquaredError':
    case 'crossEntropy':
      return loss
    case 'meanAbsoluteError':
    case 'huber':
      return present(otherLosses, `“${name}” was not measured by ${op}`)[op]
    default:
      throw new InternalError(`no baseline is measured by ${op}`)
  }
}
