import { printProgram } from '../ir/print'
import type { Location, Plan } from './plan'

/** The program and, below it, where everything lies: what `unroll plan` prints. The same for the same plan. */
export function printPlan(plan: Plan): string {
  const { program, sizes } = plan
  const bytes = (elements: number): string => `${elements * 4} bytes`
  const lines = [
    printProgram(program),
    `memory for ${plan.maximumRows} rows of ${plan.maximumSteps} time steps`,
    `  parameters ${bytes(sizes.parameters)}, gradients ${bytes(sizes.gradients)}, feeds ${bytes(sizes.feeds)}, arena ${bytes(sizes.arena)}`,
    ...program.instructions.map(({ op, outputs }, index) => {
      const places = outputs.map((output) => `%${output} ${place(plan.locations[output])}`)
      const scratch = plan.scratch[index]
      if (scratch && scratch.offset >= 0) places.push(`scratch arena:${scratch.offset}+${scratch.size}`)
      return `  ${op}: ${places.join(', ')}`
    }),
  ]
  return `${lines.join('\n')}\n`
}

function place(location: Location | undefined): string {
  return location ? `${location.region}:${location.offset}+${location.size}` : 'nowhere'
}
