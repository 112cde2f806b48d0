import { assertNever, present } from '../base/invariant'
import { type Rng, rng } from '../base/rng'
import type { Location, Plan } from '../compile/plan'
import type { DataSummary } from '../data/prepared'
import type { FeedName, ValueId } from '../ir/program'
import { bindDims, elementCount } from '../ir/shape'
import type { KernelTable } from '../ops/kernel'
import { referenceKernels } from '../ops/referenceKernels'
import { bindPlan } from '../runtime/bindPlan'
import { allocateFloat32Memory, allocateFloat64Memory } from '../runtime/memory'

export interface RunOptions {
  /** Of this batch; at most what the plan has room for. */
  rows: number
  steps: number
  seed: number
  precision: 'float32' | 'float64'
  kernels?: KernelTable
  probes?: boolean
  /** Weights move this far along a random direction of their own. */
  along?: number
}

export interface PlanRun {
  loss: number
  /** By head node. */
  predictions: Record<string, number[]>
  /** One array for each parameter, in the program's order; empty when the plan only predicts. */
  gradients: number[][]
  /** Slope of the loss along the direction that `along` moves in, as the gradients have it. */
  slope: number
  probes: number[][]
}

/** Runs a plan once on made-up weights and data, everything random but settled by the seed: how tests try out compiled graphs. */
export function runPlan(plan: Plan, data: DataSummary, options: RunOptions): PlanRun {
  const { rows, steps, seed, precision, kernels = referenceKernels, probes = true, along = 0 } = options
  const { sizes, program } = plan
  const places = {
    parameters: 0,
    gradients: sizes.parameters,
    feeds: sizes.parameters + sizes.gradients,
    arena: sizes.parameters + sizes.gradients + sizes.feeds,
  }
  const elements = places.arena + sizes.arena
  const { views } = precision === 'float64' ? allocateFloat64Memory(elements) : allocateFloat32Memory(elements)
  // Whatever is read before it is written shows.
  views.f.fill(Number.NaN, places.gradients)
  const binding = bindPlan(plan, places, views, kernels, rows, steps)
  const random = rng(seed)

  const directions = program.parameters.map(({ value, node, name }) => {
    const { offset, size } = binding.span(value)
    const draw = random.split(node).split(name)
    const direction: number[] = []
    for (let index = 0; index < size; index++) {
      const start = Math.fround(0.4 * draw.normal())
      const step = draw.normal()
      direction.push(step)
      views.f[offset + index] = start + along * step
    }
    return direction
  })
  const lengths = Array.from({ length: rows }, (_, row) => 1 + ((row * 7 + seed) % steps))
  for (const [name, values] of Object.entries(feedValues(data, random, { rows, steps, lengths }))) {
    const value = program.feeds[feedName(name)]
    if (value === undefined) continue
    const { offset, size } = binding.span(value)
    const target = program.values[value]?.type.dtype === 'i32' ? views.i : views.f
    for (let index = 0; index < size; index++)
      target[offset + index] = present(values[index], `feed ${name} is too short`)
  }
  for (const { start } of program.carried ?? []) {
    const { offset, size } = binding.span(start)
    views.f.fill(0, offset, offset + size)
  }
  binding.run(probes)

  const read = (value: ValueId): number[] => {
    const { offset, size } = binding.span(value)
    return Array.from(views.f.subarray(offset, offset + size))
  }
  const gradients = program.gradients.map(({ gradient }) => read(gradient))
  return {
    loss: present(read(program.loss)[0], 'a loss'),
    predictions: Object.fromEntries(program.heads.map(({ node, prediction }) => [node, read(prediction)])),
    gradients,
    slope: gradients.reduce(
      (sum, gradient, index) =>
        sum + gradient.reduce((dot, value, element) => dot + value * (directions[index]?.[element] ?? 0), 0),
      0,
    ),
    probes: probes ? program.probes.map(({ value }) => read(value)) : [],
  }
}

/** The same plan with nothing sharing memory: what the planner's clever layout must agree with. */
export function spreadOut(plan: Plan): Plan {
  let end = 0
  const take = (size: number): number => {
    const offset = end
    end += Math.ceil(size / 8) * 8
    return offset
  }
  const locations = Object.entries(plan.locations).map(([value, place]): [string, Location] => [
    value,
    place.region === 'arena' ? { ...place, offset: take(place.size) } : place,
  ])
  const scratch = plan.scratch.map(({ offset, size }) => ({ offset: offset < 0 ? offset : take(size), size }))
  return { ...plan, locations: Object.fromEntries(locations), scratch, sizes: { ...plan.sizes, arena: end } }
}

function feedName(name: string): FeedName {
  switch (name) {
    case 'input':
    case 'lengths':
    case 'target':
    case 'targetInput':
    case 'targetLengths':
    case 'lossScale':
    case 'progress':
      return name
    default:
      return 'randomSeed'
  }
}

function feedValues(
  { input, target }: DataSummary,
  random: Rng,
  batch: { rows: number; steps: number; lengths: readonly number[] },
): Record<FeedName, number[]> {
  const { rows, steps, lengths } = batch
  const bound = (dims: readonly (number | 'B' | 'T')[]): number => elementCount(bindDims(dims, { rows, steps }))
  const valid = (cell: number): boolean => Math.floor(cell / rows) < (lengths[cell % rows] ?? 0)
  const draw = random.split('data')
  const tokens = (limit: number, padding: number): number[] =>
    Array.from({ length: bound(['T', 'B']) }, (_, cell) => (valid(cell) ? draw.integer(limit) : padding))
  const targets = (): number[] => {
    switch (target.kind) {
      case 'symbol':
        return tokens(target.vocabulary, -1)
      case 'tag':
        return tokens(target.tags.length, -1)
      case 'sequence':
        return tokens(target.vocabulary, -1)
      case 'class':
        return lengths.map(() => draw.integer(target.classes.length))
      case 'numbers':
        return Array.from({ length: bound(['B', target.names.length]) }, () => Math.fround(draw.normal()))
      default:
        return assertNever(target)
    }
  }
  const features = input.kind === 'numbers' ? input.features.length : 0
  return {
    input:
      input.kind === 'tokens'
        ? tokens(input.vocabulary, 0)
        : Array.from({ length: bound(['T', 'B', features]) }, (_, index) =>
            valid(Math.floor(index / features)) ? Math.fround(draw.normal()) : 0,
          ),
    lengths: [...lengths],
    target: targets(),
    targetInput: target.kind === 'sequence' ? tokens(target.vocabulary, 0) : [],
    // An answer is as long as what is read here; elsewhere they differ.
    targetLengths: [...lengths],
    // As many as any program has heads.
    lossScale: Array.from({ length: 9 }, (_, head) => 1 / (rows * (1 + head))),
    randomSeed: [11, 22],
    progress: [0.4],
  }
}
