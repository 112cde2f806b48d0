import { present } from '../base/invariant'
import { rng } from '../base/rng'
import type { ValueId } from '../ir/program'
import type { Backend } from './backend'
import type { CaseInput, OpCase } from './opCase'
import { Tape, type TapeOptions } from './tape'

/** What an op gave: all outputs, and the gradient of every input that has one. */
export interface CaseResult {
  outputs: number[][]
  /** One entry per input. */
  gradients: (number[] | null)[]
  /** Elements outside all tensors that a kernel wrote into. */
  damaged: number[]
  /** In how many ways the ops could have worked in place, when they were to. */
  inPlaceOffers: number
}

/** Where two results differ in any digit; null when they do not. Faster than a deep comparison, of which a test makes thousands. */
export function differenceOf(a: CaseResult, b: CaseResult): string | null {
  const lists = (result: CaseResult) => [...result.outputs, ...result.gradients]
  const others = lists(b)
  for (const [index, values] of lists(a).entries()) {
    const other = others[index] ?? null
    if ((values === null) !== (other === null) || values?.length !== other?.length) return `tensor ${index}: size`
    const element = values?.findIndex((value, at) => !Object.is(value, other?.[at])) ?? -1
    if (element >= 0) return `tensor ${index}, element ${element}: ${values?.[element]} and ${other?.[element]}`
  }
  return null
}

/**
 * Runs the op forward, and backward from random gradients of its differentiable outputs. `padding`: what stands in inputs and
 * incoming gradients past each example's length instead of the values drawn.
 */
export function runCase(backend: Backend, opCase: OpCase, options: TapeOptions = {}, padding?: number): CaseResult {
  const tape = new Tape(backend, opCase.sizes, options)
  const fill = (values: readonly number[]) => (padding === undefined ? values : fillPadding(opCase, values, padding))
  const inputs = opCase.inputs.map((input) => {
    if (input === null) return null
    if (input.dtype === 'i32') return tape.integers(input.dims, input.values)
    return tape.floats(input.dims, input.dims[0] === 'T' ? fill(input.values) : input.values)
  })
  const outputs = tape.run(opCase.op, inputs, opCase.attributes)
  const results = outputs.map((output) => tape.read(output))
  const seeds = new Map<ValueId, ValueId>()
  for (const index of opCase.differentiable) {
    const output = present(outputs[index], `${opCase.op} has no output ${index}`)
    const { dims } = tape.type(output)
    const values = outputDirection(opCase, index, tape.span(output).size)
    seeds.set(output, tape.floats(dims, dims[0] === 'T' ? fill(values) : values))
  }
  const wanted = inputs.filter((input, index): input is ValueId => input !== null && isWanted(opCase, index))
  const gradients = seeds.size === 0 ? new Map<ValueId, ValueId>() : tape.backward(seeds, wanted)
  const gradientOf = (input: ValueId | null, index: number) => {
    const gradient = input !== null && isWanted(opCase, index) ? gradients.get(input) : undefined
    return gradient === undefined ? null : tape.read(gradient)
  }
  return {
    outputs: results,
    gradients: inputs.map(gradientOf),
    damaged: tape.damagedElements(),
    inPlaceOffers: tape.inPlaceOffers,
  }
}

/** The op's differentiable outputs weighed with the same random gradients: the scalar function whose gradient `runCase` returns. */
export function scalarOf(opCase: OpCase, outputs: readonly (readonly number[])[]): number {
  let sum = 0
  for (const index of opCase.differentiable) {
    const output = present(outputs[index], `${opCase.op} has no output ${index}`)
    const weights = outputDirection(opCase, index, output.length)
    for (const [element, value] of output.entries()) sum += value * (weights[element] ?? 0)
  }
  return sum
}

function isWanted(opCase: OpCase, index: number): boolean {
  return opCase.inputs[index]?.differentiable === true
}

function outputDirection(opCase: OpCase, output: number, size: number): number[] {
  const random = rng(1).split(opCase.name).split(output)
  return Array.from({ length: size }, () => Math.fround(2 * random.uniform() - 1))
}

/** `values` of a tensor [T, B, …] with `padding` past the lengths that the case has (the input that is i32 [B]). */
function fillPadding(opCase: OpCase, values: readonly number[], padding: number): number[] {
  const { B, T } = opCase.sizes
  const lengths = lengthsOf(opCase)
  if (lengths === null) return [...values]
  const width = values.length / (T * B)
  return values.map((value, element) => {
    const row = Math.floor(element / width)
    return Math.floor(row / B) < (lengths.values[row % B] ?? 0) ? value : padding
  })
}

/** The case's lengths, when it has them. */
export function lengthsOf(opCase: OpCase): CaseInput | null {
  return opCase.inputs.find((input) => input?.dtype === 'i32' && input.isLengths) ?? null
}
