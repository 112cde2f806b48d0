import { assertNever, present } from '../base/invariant'
import {
  FEEDS,
  type Fragment,
  type Initializer,
  type Instruction,
  type Phase,
  type Program,
  type ValueId,
} from './program'
import { elementCount, formatType } from './shape'

const PHASES: readonly { phase: Phase; title: string }[] = [
  { phase: 'forward', title: 'forward' },
  { phase: 'probe', title: 'probe (only when telemetry is wanted)' },
  { phase: 'backward', title: 'backward' },
]

/**
 * The program as text, the same for the same program: feeds, parameters, the instructions of each phase, and what leaves it.
 * One line for each instruction: results with their types, the op, its inputs by number.
 */
export function printProgram(program: Program): string {
  const lines: string[] = []
  const section = (title: string, body: readonly string[]): void => {
    if (body.length > 0) lines.push(title, ...body.map((line) => `  ${line}`), '')
  }
  section(
    'feeds',
    FEEDS.flatMap((name) => {
      const value = program.feeds[name]
      return value === undefined ? [] : [declare(program, value)]
    }),
  )
  const count = program.parameters.reduce((sum, { dims }) => sum + elementCount(dims), 0)
  section(
    `parameters: ${count} weights`,
    program.parameters.map(
      (parameter) => `${declare(program, parameter.value)} starts ${formatInitializer(parameter.initializer)}`,
    ),
  )
  for (const { phase, title } of PHASES) {
    section(
      title,
      program.instructions
        .filter((instruction) => instruction.phase === phase)
        .map((one) => formatInstruction(program, one)),
    )
  }
  section('results', [
    ...program.heads.map(
      ({ node, target, prediction, loss }) => `head ${node} (${target}): prediction %${prediction}, loss %${loss}`,
    ),
    `loss %${program.loss}`,
    ...program.probes.map(({ node, kind, labels, value }) => `probe ${node} ${kind} (${labels.join(', ')}): %${value}`),
    ...(program.carried ?? []).map(({ node, start, end }) => `state of ${node}: %${end} goes on as %${start}`),
    ...program.gradients.map(({ parameter, gradient }) => `gradient of ${name(program, parameter)}: %${gradient}`),
  ])
  return `${lines.join('\n').trimEnd()}\n`
}

/** "%9 lstm.y f32 [T, B, 128] = lstm(%8, %2, –) rate=0.1" */
export function formatInstruction(program: Program, instruction: Instruction): string {
  const results = instruction.outputs.map((value) => declare(program, value)).join(', ')
  const inputs = instruction.inputs.map((value) => (value === null ? '–' : `%${value}`)).join(', ')
  const attributes = Object.entries(instruction.attributes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => (typeof value === 'object' ? formatFragment(value) : ` ${key}=${value}`))
  return `${results} = ${instruction.op}(${inputs})${attributes.join('')}`
}

/** The body of a scan, indented below it; its values are numbered by themselves. */
function formatFragment(body: Fragment): string {
  const value = (id: ValueId): string => {
    const { name: called, type } = present(body.values[id], `no value ${id}`)
    return `%${id} ${called} ${formatType(type)}`
  }
  const lines = [
    ...body.states.map((state) => `state ${value(state.value)} → ${state.next === null ? '0' : `%${state.next}`}`),
    ...body.sequences.map((sequence) => `step of ${value(sequence.value)}${sequence.masked ? ', masked' : ''}`),
    ...body.constants.map((constant) => `constant ${value(constant)}`),
    ...(body.step === null ? [] : [`number of the step ${value(body.step)}`]),
    ...body.instructions.map(({ op, inputs, outputs, attributes }) => {
      const operands = inputs.map((input) => (input === null ? '–' : `%${input}`)).join(', ')
      const settings = Object.entries(attributes).map(([key, setting]) =>
        typeof setting === 'object' ? formatFragment(setting).replaceAll('\n', '\n    ') : ` ${key}=${setting}`,
      )
      return `${outputs.map(value).join(', ')} = ${op}(${operands})${settings.join('')}`
    }),
    ...(body.outputs.length > 0 ? [`gives ${body.outputs.map((id) => `%${id}`).join(', ')}`] : []),
    ...(body.sums.length > 0 ? [`adds up ${body.sums.map((id) => `%${id}`).join(', ')}`] : []),
  ]
  return ` ${body.reverse ? 'backwards ' : ''}over time:${lines.map((line) => `\n      ${line}`).join('')}`
}

function declare(program: Program, value: ValueId): string {
  const { name, type } = present(program.values[value], `no value ${value}`)
  return `%${value} ${name} ${formatType(type)}`
}

function name(program: Program, value: ValueId): string {
  return present(program.values[value], `no value ${value}`).name
}

function formatInitializer(initializer: Initializer): string {
  switch (initializer.kind) {
    case 'zeros':
      return 'at 0'
    case 'constant':
      return `at ${initializer.value}`
    case 'uniform':
      return `uniform ±${initializer.limit}`
    case 'normal':
      return `normal, deviation ${initializer.deviation}${initializer.blankRow === undefined ? '' : `, row ${initializer.blankRow} at 0`}`
    case 'glorotUniform':
      return 'Glorot uniform'
    case 'orthogonal':
      return initializer.blocks === 1 ? 'orthogonal' : `orthogonal in ${initializer.blocks} blocks`
    case 'ringDecay':
      return `eigenvalues between ${initializer.minimum} and ${initializer.maximum}`
    case 'ringPhase':
      return `phases up to ${Number(initializer.maximum.toFixed(4))}`
    case 'gateBias':
      return `at 0, block ${initializer.block} of ${initializer.blocks} at ${initializer.value}`
    default:
      return assertNever(initializer)
  }
}
