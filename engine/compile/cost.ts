import { present } from '../base/invariant'
import type { Instruction, Program } from '../ir/program'
import { bindDims, elementCount, type Sizes } from '../ir/shape'
import { ops } from '../ops/index'

/** Floating point operations of one instruction; ops that say nothing (additions, copies) count as none beside the products. */
export function instructionFlops(program: Pick<Program, 'values'>, instruction: Instruction, sizes: Sizes): number {
  const rule = ops[instruction.op]?.flops
  if (!rule) return 0
  const bound = (value: number): number[] =>
    bindDims(present(program.values[value], `no value ${value}`).type.dims, sizes)
  return rule(
    instruction.inputs.map((input) => (input === null ? null : bound(input))),
    instruction.outputs.map(bound),
    instruction.attributes,
  )
}

/** Of one run of the whole program. */
export function programFlops(program: Program, sizes: Sizes): number {
  return program.instructions.reduce((sum, instruction) => sum + instructionFlops(program, instruction, sizes), 0)
}

/** Numbers that training changes. */
export function parameterCount(program: Pick<Program, 'parameters'>): number {
  return program.parameters.reduce((sum, { dims }) => sum + elementCount(dims), 0)
}
