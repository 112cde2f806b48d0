import { invariant, present } from '../base/invariant'
import type { Plan } from '../compile/plan'
import type { Dim, ValueId } from '../ir/program'
import type { KernelMemory, KernelTable, Span } from '../ops/kernel'
import type { ShardPlaces } from './layout'

/**
 * A plan with B and T bound: every address and size is a number, every kernel a closure. Made once for each (plan, shard, B, T)
 * and kept, so that a training step is a walk over an array of functions.
 */
export interface Binding {
  rows: number
  steps: number
  /** Runs the whole program; `probes` also runs the instructions that only telemetry reads. */
  run(probes: boolean): void
  /** Runs it with all probes, and calls `after` with the number of every instruction once it is done. For looking, not for speed. */
  runObserved(after: (instruction: number) => void): void
  /** Where a value lies with B and T bound. */
  span(value: ValueId): Span
}

const NO_SCRATCH: Span = { offset: 0, size: 0, dims: [] }

/**
 * @param places where the regions of this shard start
 * @param rows B, at most `plan.maximumRows`
 * @param steps T, at most `plan.maximumSteps`
 */
export function bindPlan(
  plan: Plan,
  places: ShardPlaces,
  memory: KernelMemory,
  kernels: KernelTable,
  rows: number,
  steps: number,
): Binding {
  invariant(rows >= 1 && rows <= plan.maximumRows, `${rows} rows in a plan for ${plan.maximumRows}`)
  invariant(steps >= 1 && steps <= plan.maximumSteps, `${steps} time steps in a plan for ${plan.maximumSteps}`)
  const { program } = plan

  const spans = new Map<ValueId, Span>()
  const span = (value: ValueId): Span => {
    const known = spans.get(value)
    if (known) return known
    const location = present(plan.locations[value], `value ${value} has no place in the plan`)
    const type = present(program.values[value], `value ${value} is not in the program`).type
    const dims = type.dims.map((dim) => bindDim(dim, rows, steps))
    const size = dims.reduce((product, dim) => product * dim, 1)
    invariant(size <= location.size, `value ${value} outgrows its place`)
    const made = { offset: places[location.region] + location.offset, size, dims }
    invariant(made.offset + size <= memory.f.length, `value ${value} lies outside the memory`)
    spans.set(value, made)
    return made
  }

  const all = program.instructions.map((instruction, index) => {
    const kernel = present(kernels[instruction.op], `no kernel for op ${instruction.op}`)
    const place = present(plan.scratch[index], `instruction ${index} is not in the plan`)
    return kernel({
      memory,
      inputs: instruction.inputs.map((input) => (input === null ? null : span(input))),
      outputs: instruction.outputs.map(span),
      scratch:
        place.offset < 0 ? NO_SCRATCH : { offset: places.arena + place.offset, size: place.size, dims: [place.size] },
      attributes: instruction.attributes,
    })
  })
  const lean = all.filter((_, index) => program.instructions[index]?.phase !== 'probe')

  return {
    rows,
    steps,
    run(probes) {
      const kernelsToRun = probes ? all : lean
      for (let index = 0; index < kernelsToRun.length; index++) kernelsToRun[index]?.()
    },
    runObserved(after) {
      all.forEach((kernel, index) => {
        kernel()
        after(index)
      })
    },
    span,
  }
}

function bindDim(dim: Dim, rows: number, steps: number): number {
  return dim === 'B' ? rows : dim === 'T' ? steps : dim
}
