import { present } from '../base/invariant'
import type { CarriedState, Instruction, Program, Value, ValueId } from '../ir/program'
import { ops } from '../ops/index'

/**
 * Lets every layer that remembers begin with a state that is given and end with one that can be read, unless its beginning is wired.
 * Truncated back-propagation through time (Williams & Peng 1990): the state crosses the border between batches, the gradient does not.
 */
export function carryStates(program: Program): Program {
  const values = [...program.values]
  const carried: CarriedState[] = []
  const add = (value: Value): ValueId => values.push(value) - 1
  const instructions = program.instructions.map((instruction): Instruction => {
    const rule = ops[instruction.op]
    const states = instruction.phase === 'forward' ? rule?.states?.(instruction.attributes) : undefined
    if (!rule || !states) return instruction
    const { attributes, ends } = states
    const free = ends.filter(({ input }) => (instruction.inputs[input] ?? null) === null)
    if (free.length === 0) return instruction
    const typeOf = (value: ValueId | null) => (value === null ? null : present(values[value], `no value ${value}`).type)
    const types = rule.infer(instruction.inputs.map(typeOf), attributes)
    const outputs = types.map((type, place): ValueId => {
      const before = states.outputs.indexOf(place)
      if (before >= 0) return present(instruction.outputs[before], `${instruction.op} lost an output`)
      const index = ends.findIndex(({ output }) => output === place)
      return add({ type, name: `${instruction.node}.state.${index}.end` })
    })
    const last = Math.max(instruction.inputs.length - 1, ...free.map(({ input }) => input))
    const inputs = Array.from({ length: last + 1 }, (_, place) => instruction.inputs[place] ?? null)
    for (const [index, { input, output }] of ends.entries()) {
      if ((inputs[input] ?? null) !== null) continue
      const type = present(types[output], `${instruction.op} has no output ${output}`)
      const start = add({ type, name: `${instruction.node}.state.${index}.start` })
      inputs[input] = start
      carried.push({
        node: present(instruction.node, 'a layer belongs to a node'),
        start,
        end: present(outputs[output], 'an output that was just made'),
      })
    }
    return { ...instruction, attributes, inputs, outputs }
  })
  return carried.length === 0 ? program : { ...program, values, instructions, carried }
}
