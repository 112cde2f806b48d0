import { InternalError, invariant } from '../base/invariant'
import type { TypeRules } from './builder'
import {
  FEEDS,
  type FeedName,
  type Instruction,
  type Phase,
  type Program,
  type ValueId,
  type ValueType,
} from './program'
import { formatType, sameDims, sameType } from './shape'

const ORDER: Readonly<Record<Phase, number>> = { forward: 0, probe: 1, backward: 2 }
const SCALAR: ValueType = { dtype: 'f32', dims: [1] }

/** `gradients`: is this a program after the gradient pass, where every parameter must have one? */
export interface Grammar {
  gradients: boolean
}

/**
 * Throws InternalError unless the program is well formed: every value is made exactly once and before its use, its type is what the
 * op says, phases come in order, nothing but telemetry depends on a probe, results exist, gradients cover the parameters.
 */
export function verifyProgram(program: Program, rules: TypeRules, grammar: Grammar): void {
  const made = new Map<ValueId, Phase | 'given'>()
  const define = (value: ValueId, phase: Phase | 'given', what: () => string): void => {
    invariant(program.values[value], () => `${what()} makes %${value}, which the program does not have`)
    invariant(!made.has(value), () => `%${value} is made twice, the second time by ${what()}`)
    made.set(value, phase)
  }
  const typeOf = (value: ValueId, what: () => string): ValueType => {
    const entry = program.values[value]
    invariant(entry && made.has(value), () => `${what()} uses %${value} before it is made`)
    return entry.type
  }

  for (const name of FEEDS) {
    const value = program.feeds[name]
    if (value === undefined) continue
    define(value, 'given', () => `feed ${name}`)
    checkFeed(
      name,
      typeOf(value, () => name),
    )
  }
  checkParameters(program, define, typeOf)
  for (const { node, start } of program.carried ?? []) define(start, 'given', () => `the carried state of ${node}`)

  let phase: Phase = 'forward'
  for (const [index, instruction] of program.instructions.entries()) {
    const what = () => `instruction ${index} (${instruction.op})`
    const before = phase
    invariant(ORDER[instruction.phase] >= ORDER[before], () => `${what()}: ${instruction.phase} after ${before}`)
    phase = instruction.phase
    checkInstruction(instruction, what, rules, typeOf, (value) => made.get(value) === 'probe', program)
    for (const output of instruction.outputs) define(output, phase, what)
  }
  invariant(made.size === program.values.length, 'the program has values that nothing makes')
  checkResults(program, typeOf, made)
  checkGradients(program, grammar, typeOf)
}

type Define = (value: ValueId, phase: Phase | 'given', what: () => string) => void
type TypeOf = (value: ValueId, what: () => string) => ValueType

function checkFeed(name: FeedName, type: ValueType): void {
  const fits = {
    input: type.dims[0] === 'T' && type.dims[1] === 'B' && type.dims.length === (type.dtype === 'f32' ? 3 : 2),
    lengths: sameType(type, { dtype: 'i32', dims: ['B'] }),
    target: type.dims.includes('B'),
    targetInput: sameType(type, { dtype: 'i32', dims: ['T', 'B'] }),
    targetLengths: sameType(type, { dtype: 'i32', dims: ['B'] }),
    lossScale: type.dtype === 'f32' && type.dims.length === 1 && typeof type.dims[0] === 'number',
    randomSeed: sameType(type, { dtype: 'i32', dims: [2] }),
    progress: sameType(type, { dtype: 'f32', dims: [1] }),
  }[name]
  invariant(fits, `feed ${name} cannot be ${formatType(type)}`)
}

function checkParameters(program: Program, define: Define, typeOf: TypeOf): void {
  const names = new Set<string>()
  let frozen = false
  for (const parameter of program.parameters) {
    invariant(
      parameter.frozen || !frozen,
      () => `${parameter.node}.${parameter.name} is trained but comes after a frozen one`,
    )
    frozen = parameter.frozen === true
    const what = `parameter ${parameter.node}.${parameter.name}`
    invariant(!names.has(what), () => `${what} is there twice`)
    names.add(what)
    define(parameter.value, 'given', () => what)
    const type = typeOf(parameter.value, () => what)
    invariant(sameType(type, { dtype: 'f32', dims: parameter.dims }), () => `${what} has another shape than its value`)
    const whole = parameter.dims.every((dim) => Number.isInteger(dim) && dim > 0)
    invariant(whole, () => `${what} cannot have shape [${parameter.dims.join(', ')}]`)
  }
}

function checkInstruction(
  instruction: Instruction,
  what: () => string,
  rules: TypeRules,
  typeOf: TypeOf,
  isProbe: (value: ValueId) => boolean,
  program: Program,
): void {
  const rule = Object.hasOwn(rules, instruction.op) ? rules[instruction.op] : undefined
  invariant(rule, () => `${what()}: there is no such op`)
  const inputs = instruction.inputs.map((input) => (input === null ? null : typeOf(input, what)))
  const leaks = instruction.phase !== 'probe' && instruction.inputs.some((input) => input !== null && isProbe(input))
  invariant(!leaks, () => `${what()} depends on a probe`)
  for (const [key, value] of Object.entries(instruction.attributes)) {
    invariant(typeof value !== 'number' || Number.isFinite(value), () => `${what()}: attribute ${key} is ${value}`)
  }
  const types = rule.infer(inputs, instruction.attributes)
  invariant(
    types.length === instruction.outputs.length,
    () => `${what()} has ${instruction.outputs.length} outputs, not ${types.length}`,
  )
  for (const [index, output] of instruction.outputs.entries()) {
    const stated = program.values[output]?.type
    const inferred = types[index]
    if (stated && inferred && sameType(stated, inferred)) continue
    throw new InternalError(
      `${what()}: output ${index} is ${stated ? formatType(stated) : 'missing'}, should be ${inferred ? formatType(inferred) : 'missing'}`,
    )
  }
}

function checkResults(program: Program, typeOf: TypeOf, made: ReadonlyMap<ValueId, Phase | 'given'>): void {
  invariant(program.heads.length > 0, 'the program has no head')
  const { lossScale } = program.feeds
  if (lossScale !== undefined) {
    const fits = sameDims(typeOf(lossScale, () => 'lossScale').dims, [program.heads.length])
    invariant(fits, 'feed lossScale must have a number for every head')
  }
  invariant(
    sameType(
      typeOf(program.loss, () => 'the loss'),
      SCALAR,
    ),
    'the loss must be f32 [1]',
  )
  for (const head of program.heads) {
    invariant(
      sameType(
        typeOf(head.loss, () => head.node),
        SCALAR,
      ),
      `the loss of ${head.node} must be f32 [1]`,
    )
    const prediction = typeOf(head.prediction, () => head.node)
    const perStep = head.target === 'symbol' || head.target === 'tag' || head.target === 'sequence'
    const lead = perStep ? (['T', 'B'] as const) : (['B'] as const)
    const fits = prediction.dtype === 'f32' && sameDims(prediction.dims.slice(0, -1), lead)
    invariant(fits, `the prediction of ${head.node} cannot be ${formatType(prediction)}`)
  }
  for (const { node, start, end } of program.carried ?? []) {
    const fits =
      sameType(
        typeOf(start, () => node),
        typeOf(end, () => node),
      ) && made.get(end) === 'forward'
    invariant(fits && program.values[start]?.type.dims[0] === 'B', `the carried state of ${node} does not fit`)
  }
  for (const probe of program.probes) {
    const type = typeOf(probe.value, () => `probe of ${probe.node}`)
    invariant(made.get(probe.value) === 'probe', `the probe of ${probe.node} must be made in the probe phase`)
    const [side] = type.dims
    const dims = probe.kind === 'gates' ? [probe.labels.length, 4] : [side ?? 0, side ?? 0]
    const fits = typeof side === 'number' && sameType(type, { dtype: 'f32', dims })
    invariant(fits, `the probe of ${probe.node} cannot be ${formatType(type)}`)
  }
}

function checkGradients(program: Program, grammar: Grammar, typeOf: TypeOf): void {
  const covered = new Map(program.gradients.map(({ parameter, gradient }) => [parameter, gradient]))
  invariant(covered.size === program.gradients.length, 'a parameter has two gradients')
  invariant(new Set(covered.values()).size === covered.size, 'two parameters share one gradient')
  if (!grammar.gradients) {
    invariant(covered.size === 0, 'there are gradients before the gradient pass')
    invariant(
      program.instructions.every((instruction) => instruction.phase !== 'backward'),
      'there are backward instructions before the gradient pass',
    )
    return
  }
  const given = new Set<ValueId>([...program.parameters.map(({ value }) => value), ...Object.values(program.feeds)])
  for (const { value, node, name, frozen } of program.parameters) {
    const gradient = covered.get(value)
    if (frozen) {
      invariant(gradient === undefined, `${node}.${name} is frozen and has a gradient`)
      continue
    }
    invariant(gradient !== undefined, () => `${node}.${name} has no gradient`)
    invariant(!given.has(gradient), () => `the gradient of ${node}.${name} must be a value of its own`)
    invariant(
      sameType(
        typeOf(gradient, () => name),
        typeOf(value, () => name),
      ),
      () => `the gradient of ${node}.${name} has another shape`,
    )
  }
  const trained = program.parameters.filter(({ frozen }) => !frozen)
  invariant(covered.size === trained.length, 'there is a gradient of something that is no parameter')
}
