import { present } from '../base/invariant'
import type { Attributes, Dim, Phase, ValueId } from '../ir/program'
import { elementCount } from '../ir/shape'
import { instructionFlops, programFlops } from './cost'
import type { Location, Plan } from './plan'

/** A value as a person reads it. */
export interface OutlinedValue {
  id: ValueId
  /** Without the id of the node that its group is about: "out", "[layer 2].gates". */
  name: string
  dims: readonly Dim[]
  /** At the largest B and T. */
  bytes: number
  /** Where it lies, in bytes from the start of its region; null: nowhere, nothing reads it. */
  place: { region: Location['region']; byte: number } | null
}

export interface OutlinedLine {
  /** Its turn among all instructions, from 0. */
  index: number
  op: string
  results: readonly OutlinedValue[]
  /** null: an optional input that is absent. */
  inputs: readonly (ValueId | null)[]
  /** Plain attributes: "rate=0.3". A body that is run for every step is left out. */
  attributes: readonly string[]
  /** Of the results, and of the workspace that lives only during the instruction. */
  bytes: number
  scratchBytes: number
  /** Floating point operations at the largest B and T. */
  flops: number
}

/** Instructions that follow each other and were lowered from one node (null: added by the compiler). */
export interface OutlinedGroup {
  phase: Phase
  node: string | null
  /** In the node's first group only. */
  weights: readonly OutlinedValue[]
  lines: readonly OutlinedLine[]
}

export interface PlanOutline {
  /** In the order in which they run, forward, probes, backward. */
  groups: readonly OutlinedGroup[]
  rows: number
  steps: number
  instructions: number
  flops: number
  bytes: Readonly<Record<Location['region'], number>>
}

const BYTES = 4

/** A plan as an outline: what runs in which order, from which node it came, and how much memory it takes. The same for the same plan. */
export function outlinePlan(plan: Plan): PlanOutline {
  const { program } = plan
  const sizes = { rows: plan.maximumRows, steps: plan.maximumSteps }
  const weights = new Map<string, OutlinedValue[]>()
  for (const { node, value } of program.parameters) {
    const list = weights.get(node) ?? []
    list.push(outlineValue(plan, value, node))
    weights.set(node, list)
  }
  const groups: { phase: Phase; node: string | null; weights: OutlinedValue[]; lines: OutlinedLine[] }[] = []
  for (const [index, instruction] of program.instructions.entries()) {
    const { node, phase, op, inputs, outputs } = instruction
    const results = outputs.map((output) => outlineValue(plan, output, node))
    const scratch = plan.scratch[index]
    const line: OutlinedLine = {
      index,
      op,
      results,
      inputs,
      attributes: plainAttributes(instruction.attributes),
      bytes: results.reduce((sum, { bytes }) => sum + bytes, 0),
      scratchBytes: scratch && scratch.offset >= 0 ? scratch.size * BYTES : 0,
      flops: instructionFlops(program, instruction, sizes),
    }
    const last = groups.at(-1)
    if (last && last.node === node && last.phase === phase) last.lines.push(line)
    else {
      const own = node === null ? [] : (weights.get(node) ?? [])
      if (node !== null) weights.delete(node)
      groups.push({ phase, node, weights: own, lines: [line] })
    }
  }
  const { parameters, gradients, feeds, arena } = plan.sizes
  return {
    groups,
    ...sizes,
    instructions: program.instructions.length,
    flops: programFlops(program, sizes),
    bytes: {
      parameters: parameters * BYTES,
      gradients: gradients * BYTES,
      feeds: feeds * BYTES,
      arena: arena * BYTES,
    },
  }
}

function outlineValue(
  { program, locations, maximumRows, maximumSteps }: Plan,
  id: ValueId,
  node: string | null,
): OutlinedValue {
  const { name, type } = present(program.values[id], `no value ${id}`)
  const location = locations[id]
  const bound = type.dims.map((dim) => (dim === 'B' ? maximumRows : dim === 'T' ? maximumSteps : dim))
  return {
    id,
    name: shortName(name, node),
    dims: type.dims,
    bytes: elementCount(bound) * BYTES,
    place: location ? { region: location.region, byte: location.offset * BYTES } : null,
  }
}

/** "lstm.gates" → "gates", "lstm[layer 2].out" → "[layer 2].out", "d.lstm.out" → "d.out". */
function shortName(name: string, node: string | null): string {
  const gradient = name.startsWith('d.')
  const plain = gradient ? name.slice(2) : name
  if (node === null || !plain.startsWith(node)) return name
  const rest = plain.slice(node.length)
  if (!/^[.[]/.test(rest)) return name
  return (gradient ? 'd.' : '') + rest.replace(/^\./, '')
}

function plainAttributes(attributes: Attributes): string[] {
  return Object.entries(attributes)
    .flatMap(([key, value]) => (typeof value === 'object' ? [] : [`${key}=${value}`]))
    .sort()
}
