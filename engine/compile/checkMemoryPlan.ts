import { invariant, present } from '../base/invariant'
import type { Instruction, ValueId } from '../ir/program'
import { ops } from '../ops/index'
import { keptValues } from './lifetimes'
import { ALIGNMENT } from './placeBuffers'
import type { Location, Plan } from './plan'

/**
 * Proves a plan by acting it out, independently of how it was made: every instruction writes its outputs and its scratch over
 * whatever lies there, and every value must still be whole when it is read. Done with and without probes. Throws InternalError at the
 * first instruction that would read something overwritten.
 */
export function checkMemoryPlan(plan: Plan): void {
  for (const value of plan.program.values.keys()) checkBounds(plan, locationOf(plan, value), `%${value}`)
  for (const [index, place] of plan.scratch.entries()) {
    if (place.offset >= 0) checkBounds(plan, { region: 'arena', ...place }, `scratch of instruction ${index}`)
  }
  checkGradientBlock(plan)
  act(plan, true)
  act(plan, false)
}

function checkBounds(plan: Plan, { region, offset, size }: Location, what: string): void {
  invariant(offset >= 0 && offset % ALIGNMENT === 0, `${what} is not aligned: ${offset}`)
  invariant(offset + size <= plan.sizes[region], `${what} does not fit into the ${region}`)
}

/** The update of weights walks both blocks side by side. */
function checkGradientBlock(plan: Plan): void {
  for (const { parameter, gradient } of plan.program.gradients) {
    const of = locationOf(plan, parameter)
    const place = locationOf(plan, gradient)
    const beside = place.region === 'gradients' && place.offset === of.offset && place.size === of.size
    invariant(
      of.region === 'parameters' && beside,
      `the gradient %${gradient} does not lie where its parameter %${parameter} lies`,
    )
  }
  if (plan.program.gradients.length > 0) {
    invariant(plan.sizes.gradients === plan.sizes.parameters, 'the gradient block has another size than the parameters')
  }
}

function act(plan: Plan, withProbes: boolean): void {
  const { program } = plan
  /** Values whose content is whole. */
  const whole = new Map<ValueId, Location>()
  const write = (place: Location, what: string, by: ValueId | null): void => {
    invariant(place.region !== 'parameters' && place.region !== 'feeds', `${what} writes into the ${place.region}`)
    for (const [value, other] of whole) if (value !== by && overlap(place, other)) whole.delete(value)
  }
  const given = [...program.parameters.map(({ value }) => value), ...Object.values(program.feeds)]
  for (const value of given) {
    const place = locationOf(plan, value)
    for (const [other, taken] of whole) invariant(!overlap(place, taken), `%${value} and %${other} share memory`)
    whole.set(value, place)
  }
  for (const [index, instruction] of program.instructions.entries()) {
    if (!withProbes && instruction.phase === 'probe') continue
    const what = `instruction ${index} (${instruction.op})`
    for (const input of instruction.inputs) {
      invariant(input === null || whole.has(input), `${what} reads %${input}, which was overwritten`)
    }
    checkInstruction(plan, instruction, index, what)
    const scratch = plan.scratch[index]
    if (scratch && scratch.offset >= 0) write({ region: 'arena', ...scratch }, what, null)
    for (const output of instruction.outputs) {
      const place = locationOf(plan, output)
      write(place, what, output)
      whole.set(output, place)
    }
  }
  const skipped = new Set(withProbes ? [] : program.probes.map(({ value }) => value))
  for (const value of keptValues(program)) {
    invariant(skipped.has(value) || whole.has(value), `%${value} is read at the end, but was overwritten`)
  }
}

/** Within one instruction nothing that is written may touch anything else, except where the op takes an input's place. */
function checkInstruction(plan: Plan, instruction: Instruction, index: number, what: string): void {
  const scratch = plan.scratch[index]
  const written: Location[] = scratch && scratch.offset >= 0 ? [{ region: 'arena', ...scratch }] : []
  const inputs = instruction.inputs.flatMap((input) => (input === null ? [] : [locationOf(plan, input)]))
  for (const place of written)
    invariant(!inputs.some((other) => overlap(place, other)), `${what}: scratch lies over an input`)
  for (const [position, output] of instruction.outputs.entries()) {
    const place = locationOf(plan, output)
    invariant(!written.some((other) => overlap(place, other)), `${what}: outputs or scratch lie over each other`)
    written.push(place)
    for (const [slot, input] of instruction.inputs.entries()) {
      if (input === null || !overlap(place, locationOf(plan, input))) continue
      const allowed = ops[instruction.op]?.inPlace?.some((rule) => rule.output === position && rule.input === slot)
      const exact = locationOf(plan, input).offset === place.offset && locationOf(plan, input).size === place.size
      const once = instruction.inputs.filter((other) => other === input).length === 1
      invariant(allowed && exact && once, `${what}: output ${position} lies over input ${slot}`)
    }
  }
}

function overlap(a: Location, b: Location): boolean {
  return a.region === b.region && a.offset < b.offset + b.size && b.offset < a.offset + a.size
}

function locationOf(plan: Plan, value: ValueId): Location {
  return present(plan.locations[value], `%${value} has no place`)
}
