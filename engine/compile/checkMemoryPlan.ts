import { invariant, present } from '../base/invariant'
import type { Instruction, ValueId } from '../ir/program'
import { ops } from '../ops/index'
import { keptValues } from './lifetimes'
import { ALIGNMENT } from './placeBuffers'
import type { Location, Plan, Region } from './plan'

/**
 * Proves a plan by acting it out, independently of how it was made: every instruction writes its outputs and its scratch over
 * whatever lies there, and every value must still be whole when it is read. Done with and without probes. Throws InternalError at the
 * first instruction that would read something overwritten.
 */
export function checkMemoryPlan(plan: Plan): void {
  for (const value of plan.program.values.keys()) checkBounds(plan, locationOf(plan, value), () => `%${value}`)
  for (const [index, place] of plan.scratch.entries()) {
    if (place.offset >= 0) checkBounds(plan, { region: 'arena', ...place }, () => `scratch of instruction ${index}`)
  }
  checkGradientBlock(plan)
  act(plan, true)
  act(plan, false)
}

function checkBounds(plan: Plan, { region, offset, size }: Location, what: () => string): void {
  invariant(offset >= 0 && offset % ALIGNMENT === 0, () => `${what()} is not aligned: ${offset}`)
  invariant(offset + size <= plan.sizes[region], () => `${what()} does not fit into the ${region}`)
}

/** The update of weights walks both blocks side by side. */
function checkGradientBlock(plan: Plan): void {
  for (const { parameter, gradient } of plan.program.gradients) {
    const of = locationOf(plan, parameter)
    const place = locationOf(plan, gradient)
    const beside = place.region === 'gradients' && place.offset === of.offset && place.size === of.size
    invariant(
      of.region === 'parameters' && beside,
      () => `the gradient %${gradient} does not lie where its parameter %${parameter} lies`,
    )
  }
  const firstFrozen = plan.program.parameters.find(({ frozen }) => frozen)
  const trained = firstFrozen ? locationOf(plan, firstFrozen.value).offset : plan.sizes.parameters
  if (plan.program.gradients.length > 0) {
    invariant(plan.sizes.gradients === trained, 'the gradient block has another size than the trained parameters')
  }
}

function act(plan: Plan, withProbes: boolean): void {
  const { program } = plan
  const memory = new Contents()
  const given = [
    ...program.parameters.map((parameter) => parameter.value),
    ...Object.values(program.feeds),
    ...(program.carried ?? []).map(({ start }) => start),
  ]
  for (const value of given) {
    const pushedOut = memory.write(locationOf(plan, value), value)
    invariant(pushedOut.length === 0, () => `%${value} and %${pushedOut[0]} share memory`)
  }
  for (const [index, instruction] of program.instructions.entries()) {
    if (!withProbes && instruction.phase === 'probe') continue
    const what = () => `instruction ${index} (${instruction.op})`
    for (const input of instruction.inputs) {
      invariant(input === null || memory.has(input), () => `${what()} reads %${input}, which was overwritten`)
    }
    if (withProbes) checkInstruction(plan, instruction, index, what)
    const scratch = plan.scratch[index]
    if (scratch && scratch.offset >= 0) memory.write({ region: 'arena', ...scratch }, null)
    for (const output of instruction.outputs) {
      const place = locationOf(plan, output)
      const { region } = place
      invariant(region !== 'parameters' && region !== 'feeds', () => `${what()} writes into the ${region}`)
      memory.write(place, output)
    }
  }
  const skipped = new Set(withProbes ? [] : program.probes.map(({ value }) => value))
  for (const value of keptValues(program)) {
    invariant(skipped.has(value) || memory.has(value), () => `%${value} is read at the end, but was overwritten`)
  }
}

/** What memory holds at a moment: values that are whole, which therefore never overlap. */
class Contents {
  private readonly whole = new Set<ValueId>()
  /** By region, sorted by offset. `value` null: garbage. */
  private readonly regions: Record<Region, { from: number; to: number; value: ValueId | null }[]> = {
    parameters: [],
    gradients: [],
    feeds: [],
    arena: [],
  }

  has(value: ValueId): boolean {
    return this.whole.has(value)
  }

  /** Returns the values that are no longer whole. */
  write({ region, offset, size }: Location, value: ValueId | null): ValueId[] {
    const stretches = this.regions[region]
    let low = 0
    let high = stretches.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((stretches[middle]?.to ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    let end = low
    while (end < stretches.length && (stretches[end]?.from ?? 0) < offset + size) end++
    const removed = stretches.splice(low, end - low, { from: offset, to: offset + size, value })
    const lost = removed.flatMap((stretch) => (stretch.value === null ? [] : [stretch.value]))
    for (const other of lost) this.whole.delete(other)
    if (value !== null) this.whole.add(value)
    return lost
  }
}

/** Within one instruction nothing that is written may touch anything else, except where the op takes an input's place. */
function checkInstruction(plan: Plan, instruction: Instruction, index: number, what: () => string): void {
  const { inputs, outputs } = instruction
  const scratch = plan.scratch[index]
  const written: Location[] = scratch && scratch.offset >= 0 ? [{ region: 'arena', ...scratch }] : []
  for (const place of written) {
    const free = inputs.every((input) => input === null || !overlap(place, locationOf(plan, input)))
    invariant(free, () => `${what()}: scratch lies over an input`)
  }
  outputs.forEach((output, position) => {
    const place = locationOf(plan, output)
    for (const other of written) {
      invariant(!overlap(place, other), () => `${what()}: outputs or scratch lie over each other`)
    }
    written.push(place)
    inputs.forEach((input, slot) => {
      if (input === null) return
      const under = locationOf(plan, input)
      if (!overlap(place, under)) return
      const allowed = ops[instruction.op]?.inPlace?.some((rule) => rule.output === position && rule.input === slot)
      const exact = under.offset === place.offset && under.size === place.size
      const once = inputs.filter((other) => other === input).length === 1
      invariant(allowed && exact && once, () => `${what()}: output ${position} lies over input ${slot}`)
    })
  })
}

function overlap(a: Location, b: Location): boolean {
  return a.region === b.region && a.offset < b.offset + b.size && b.offset < a.offset + a.size
}

function locationOf(plan: Plan, value: ValueId): Location {
  return present(plan.locations[value], () => `%${value} has no place`)
}
