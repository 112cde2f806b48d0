import { invariant, present } from '../base/invariant'
import { ProgramBuilder } from '../ir/builder'
import type { Instruction, Program, ValueId } from '../ir/program'
import { ops } from '../ops/index'

/**
 * Fifth pass, reverse mode: walks the forward instructions backwards and lets each op's rule say, in ordinary ops, what the gradient
 * of its inputs is. Where a value is used several times its gradients are added. Parameters get one gradient each, of its own; frozen ones
 * get none, and nothing is made that only they would need.
 */
export function addGradients(program: Program): Program {
  const builder = new ProgramBuilder(ops, program)
  const wanted = reachedByParameters(program)
  if (!wanted.has(program.loss)) return program
  const [one] = builder.append('backward', null, 'one', [], {}, ['d.loss'])
  const gradients = new Map<ValueId, ValueId>([[program.loss, one]])

  for (const instruction of program.instructions.filter(({ phase }) => phase === 'forward').reverse()) {
    const dOutputs = instruction.outputs.map((output) => gradients.get(output) ?? null)
    const needed = instruction.inputs.map((input) => input !== null && wanted.has(input))
    if (dOutputs.every((gradient) => gradient === null) || !needed.includes(true)) continue
    const firstNew = builder.valueCount
    const dInputs = differentiate(builder, instruction, dOutputs, needed, one)
    for (const [index, gradient] of dInputs.entries()) {
      const input = instruction.inputs[index] ?? null
      if (gradient === null || input === null || needed[index] !== true) continue
      const name = `d.${builder.name(input)}`
      const before = gradients.get(input)
      // Rules may hand on a gradient that has its name already.
      if (gradient >= firstNew) builder.rename(gradient, name)
      gradients.set(
        input,
        before === undefined
          ? gradient
          : builder.append('backward', instruction.node, 'add', [before, gradient], {}, [name])[0],
      )
    }
  }
  return builder.finish(program.loss, ownGradients(builder, program, gradients, one))
}

/** Parameters that are trained, and every float that differentiable ops make of them: the values whose gradient somebody wants. */
function reachedByParameters(program: Program): ReadonlySet<ValueId> {
  const reached = new Set(trained(program).map(({ value }) => value))
  for (const { op, inputs, outputs, phase } of program.instructions) {
    if (phase !== 'forward' || !ops[op]?.gradient) continue
    if (!inputs.some((input) => input !== null && reached.has(input))) continue
    for (const output of outputs) if (program.values[output]?.type.dtype === 'f32') reached.add(output)
  }
  return reached
}

function trained({ parameters }: Program): Program['parameters'] {
  return parameters.filter(({ frozen }) => !frozen)
}

/** Runs the op's rule. Its instructions belong to the node of the forward one. */
function differentiate(
  builder: ProgramBuilder,
  { op, inputs, outputs, attributes, node }: Instruction,
  dOutputs: readonly (ValueId | null)[],
  needed: readonly boolean[],
  one: ValueId,
): (ValueId | null)[] {
  const rule = present(ops[op]?.gradient, `op ${op} has no gradient rule`)
  const gradients = rule({
    inputs,
    outputs,
    dOutputs,
    attributes,
    needed,
    type: (value) => builder.type(value),
    emit(gradientOp, gradientInputs, gradientAttributes = {}) {
      const [x, factor] = gradientInputs
      // The loss itself is not scaled: what heads computed in forward is the gradient already.
      if (gradientOp === 'scaleBy' && factor === one && x !== null && x !== undefined) return [x]
      return builder.append('backward', node, gradientOp, gradientInputs, gradientAttributes)
    },
  })
  invariant(gradients.length === inputs.length, `the gradient rule of ${op} does not answer for every input`)
  return gradients
}

/**
 * Gradients of parameters are written straight into the gradient block, so each must be a backward value that stands for one
 * parameter only. Where a rule handed the same value to two (or one of forward), the second gets a copy: itself times one.
 */
function ownGradients(
  builder: ProgramBuilder,
  program: Program,
  gradients: ReadonlyMap<ValueId, ValueId>,
  one: ValueId,
): Program['gradients'] {
  const taken = new Set<ValueId>([one])
  return trained(program).map(({ value, node, name }) => {
    const gradient = present(gradients.get(value), `nothing says the gradient of ${node}.${name}`)
    const isOwn = gradient >= program.values.length && !taken.has(gradient)
    const own = isOwn
      ? gradient
      : builder.append('backward', node, 'scaleBy', [gradient, one], {}, [`d.${node}.${name}`])[0]
    taken.add(own)
    return { parameter: value, gradient: own }
  })
}
