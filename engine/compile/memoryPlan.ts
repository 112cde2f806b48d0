import { present } from '../base/invariant'
import type { Dim, Instruction, Program, ValueId } from '../ir/program'
import { bindDims, boundCount, elementCount, type Sizes, sameDims } from '../ir/shape'
import { ops } from '../ops/index'
import { keptValues, type Lifetime, lifetimes } from './lifetimes'
import { aligned, type Buffer, placeBuffers } from './placeBuffers'
import type { Location, Plan } from './plan'

/**
 * Last pass: a place for every value. Parameters and gradients are each one block in the same order; feeds are another; everything
 * else shares one arena by lifetime, outputs overwriting inputs that die where the op allows it.
 */
export function planMemory(program: Program, largest: Sizes): Plan {
  const locations = new Map<ValueId, Location>()
  const sizeOf = (value: ValueId): number => {
    const { type } = present(program.values[value], () => `no value ${value}`)
    return boundCount(type.dims, largest)
  }
  const row = (region: Location['region'], values: readonly ValueId[]): number =>
    values.reduce((offset, value) => {
      const size = sizeOf(value)
      locations.set(value, { region, offset, size })
      return offset + aligned(size)
    }, 0)

  const gradientOf = new Map(program.gradients.map(({ parameter, gradient }) => [parameter, gradient]))
  const parameters = row(
    'parameters',
    program.parameters.map(({ value }) => value),
  )
  const gradients = row(
    'gradients',
    program.parameters.flatMap(({ value }) => gradientOf.get(value) ?? []),
  )
  const starts = (program.carried ?? []).map(({ start }) => start)
  const feeds = row('feeds', [...Object.values(program.feeds), ...starts])

  const lives = lifetimes(program)
  const buffers: (Buffer & { values: ValueId[] })[] = []
  const bufferOf = new Map<ValueId, number>()
  const scratchBuffers = new Map<number, number>()
  const kept = keptValues(program)
  for (const [index, instruction] of program.instructions.entries()) {
    const reuse = inPlacePairs(program, instruction, index, lives, kept)
    for (const output of instruction.outputs) {
      if (locations.has(output)) continue
      const input = reuse.get(output)
      const known = input === undefined ? undefined : bufferOf.get(input)
      const life = present(lives.get(output), () => `no lifetime of %${output}`)
      if (known === undefined) {
        bufferOf.set(output, buffers.length)
        buffers.push({ ...life, size: sizeOf(output), values: [output] })
      } else {
        const buffer = present(buffers[known], `no buffer ${known}`)
        buffer.end = life.end
        buffer.values.push(output)
        bufferOf.set(output, known)
      }
    }
    const scratch = scratchSize(program, instruction, largest)
    if (scratch > 0) {
      scratchBuffers.set(index, buffers.length)
      buffers.push({ start: index, end: index, size: scratch, values: [] })
    }
  }
  const { offsets, size: arena } = placeBuffers(buffers)
  for (const [index, { values }] of buffers.entries()) {
    const offset = present(offsets[index], () => `buffer ${index} was not placed`)
    for (const value of values) locations.set(value, { region: 'arena', offset, size: sizeOf(value) })
  }
  return {
    program,
    maximumRows: largest.rows,
    maximumSteps: largest.steps,
    locations: inOrder(locations, program.values.length),
    scratch: program.instructions.map((_, index) => {
      const buffer = scratchBuffers.get(index)
      if (buffer === undefined) return { offset: -1, size: 0 }
      return { offset: offsets[buffer] ?? -1, size: buffers[buffer]?.size ?? 0 }
    }),
    sizes: { parameters, gradients, feeds, arena },
  }
}

/** By value from 0 on: filled in any other order such an object is a slow dictionary. */
function inOrder(locations: ReadonlyMap<ValueId, Location>, count: number): Plan['locations'] {
  const table: Plan['locations'] = {}
  for (let value = 0; value < count; value++) {
    const location = locations.get(value)
    if (location) table[value] = location
  }
  return table
}

const NOTHING: ReadonlyMap<ValueId, ValueId> = new Map()

/** Output → input that it overwrites: allowed by the op, read for the last time here, of the same size at every B and T. */
function inPlacePairs(
  program: Program,
  { op, inputs, outputs }: Instruction,
  index: number,
  lives: ReadonlyMap<ValueId, Lifetime>,
  kept: ReadonlySet<ValueId>,
): ReadonlyMap<ValueId, ValueId> {
  const rules = ops[op]?.inPlace
  if (!rules) return NOTHING
  const pairs = new Map<ValueId, ValueId>()
  const used = new Set<ValueId>()
  for (const rule of rules) {
    const output = outputs[rule.output]
    const input = inputs[rule.input] ?? null
    if (output === undefined || input === null || pairs.has(output) || used.has(input)) continue
    const dies = lives.get(input)?.end === index && !kept.has(input)
    const once = inputs.filter((other) => other === input).length === 1
    if (!dies || !once || !alwaysSameSize(dimsOf(program, output), dimsOf(program, input))) continue
    pairs.set(output, input)
    used.add(input)
  }
  return pairs
}

function dimsOf(program: Program, value: ValueId): readonly Dim[] {
  return present(program.values[value], () => `no value ${value}`).type.dims
}

function alwaysSameSize(a: readonly Dim[], b: readonly Dim[]): boolean {
  if (sameDims(a, b)) return true
  const symbols = (dims: readonly Dim[]): string =>
    dims
      .filter((dim) => typeof dim === 'string')
      .sort()
      .join('')
  const numbers = (dims: readonly Dim[]): number => elementCount(dims.filter((dim) => typeof dim === 'number'))
  return symbols(a) === symbols(b) && numbers(a) === numbers(b)
}

/** Workspace, in elements, at the largest sizes. */
function scratchSize(program: Program, { op, inputs, outputs, attributes }: Instruction, largest: Sizes): number {
  const rule = ops[op]?.scratch
  if (!rule) return 0
  const bound = (value: ValueId): number[] => bindDims(dimsOf(program, value), largest)
  return rule(
    inputs.map((input) => (input === null ? null : bound(input))),
    outputs.map(bound),
    attributes,
  )
}
