import type { Program, ValueId } from '../ir/program'

/** When a value must be in memory: from the instruction that makes it to the last one that reads it, both included. */
export interface Lifetime {
  /** Index of the instruction; -1: there before the first. */
  start: number
  /** Index of the instruction; `instructions.length`: still read when all are done. */
  end: number
}

/** What is read after the last instruction: predictions, losses, probes, gradients, states that go on. */
export function keptValues(program: Program): Set<ValueId> {
  return new Set([
    program.loss,
    ...program.heads.flatMap(({ prediction, loss }) => [prediction, loss]),
    ...program.probes.map(({ value }) => value),
    ...program.gradients.map(({ gradient }) => gradient),
    ...(program.carried ?? []).map(({ end }) => end),
  ])
}

/** Lifetime of every value; a value that nobody reads lives for the instruction that makes it. */
export function lifetimes(program: Program): Map<ValueId, Lifetime> {
  const found = new Map<ValueId, Lifetime>()
  for (const value of program.values.keys()) found.set(value, { start: -1, end: -1 })
  for (const [index, { inputs, outputs }] of program.instructions.entries()) {
    for (const output of outputs) found.set(output, { start: index, end: index })
    for (const input of inputs) {
      const life = input === null ? undefined : found.get(input)
      if (life) life.end = index
    }
  }
  for (const value of keptValues(program)) {
    const life = found.get(value)
    if (life) life.end = program.instructions.length
  }
  return found
}
