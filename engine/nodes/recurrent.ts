import type { Attributes, Initializer, ValueId } from '../ir/program'
import type { LoweringContext, PortShape, PortSpec } from './defineNode'
import { featuresOf, IN, inPort, inputShape, inputValue, OUT, outPort } from './lowering'
import type { IntegerSetting, SettingsSpec, SwitchSetting } from './settings'

/** What RNN, LSTM and GRU share: ports, the size of their memory, and their weights. */

export const hiddenSetting = {
  kind: 'integer',
  label: 'Memory cells',
  help: 'How many numbers it remembers from step to step. More can hold more, but train slower and need more data.',
  minimum: 1,
  maximum: 2048,
  default: 64,
} as const satisfies IntegerSetting

export const statePortsSetting = {
  kind: 'switch',
  label: 'State ports',
  help: 'Shows where its memory at the start can come in, and where its memory at the end goes out: to hand on what one layer remembers to another.',
  default: false,
} as const satisfies SwitchSetting

/** Ports for the state [B, H] at both ends, and, of a layer that keeps a memory beside it (LSTM's cells), for that. */
export const STATE = 'state'
export const MEMORY = 'memory'

interface RecurrentSettings {
  hidden: number
  statePorts: boolean
}

/** @param beside has it a memory beside its state? */
export function recurrentPorts(
  { hidden, statePorts }: RecurrentSettings,
  beside = false,
): {
  inputs: PortSpec[]
  outputs: PortSpec[]
} {
  const kinds = ['vector'] as const
  const features = { count: hidden, meaning: 'one per memory cell' }
  const ends = endPorts({ statePorts }, beside)
  return {
    inputs: [
      inPort('sequence in', ['sequence']),
      ...ends.map((name) => ({ name, label: `${name} at the start`, kinds, features, required: false })),
    ],
    outputs: [
      outPort('memory at every step', ['sequence']),
      ...ends.map((name) => ({ name, label: `${name} at the end`, kinds })),
    ],
  }
}

export function recurrentShapes(settings: RecurrentSettings, beside = false): Record<string, PortShape> {
  const features = settings.hidden
  const ends = endPorts(settings, beside).map((name) => [name, { kind: 'vector', features }] as const)
  return { [OUT]: { kind: 'sequence', features }, ...Object.fromEntries(ends) }
}

function endPorts({ statePorts }: Pick<RecurrentSettings, 'statePorts'>, beside: boolean): string[] {
  if (!statePorts) return []
  return beside ? [STATE, MEMORY] : [STATE]
}

/**
 * Emits a recurrent op whose plain outputs are called `names`. States that are wired in, and weights in `more`, go to it behind
 * `operands`; states at the end are made only when something reads them. Returns the value of each output port, and the op's plain
 * outputs.
 */
export function emitRecurrent<S extends SettingsSpec>(
  context: LoweringContext<S>,
  op: string,
  operands: readonly ValueId[],
  attributes: Attributes,
  names: readonly string[],
  { beside = false, more = [] }: { beside?: boolean; more?: readonly ValueId[] } = {},
): { ports: Record<string, ValueId>; outputs: readonly ValueId[] } {
  const ends = beside ? [STATE, MEMORY] : [STATE]
  const starts = ends.map((name) => context.inputs[name] ?? null)
  const optional = more.length > 0 || starts.some((start) => start !== null) ? [...starts, ...more] : []
  const leaves = ends.some((name) => context.isRead(name))
  const outputs = context.builder.emit(
    op,
    [...operands, ...optional],
    { ...attributes, ...(leaves ? { finalState: true } : {}) },
    [...names, ...ends],
  )
  const ports: [string, ValueId][] = [[OUT, outputs[0]]]
  for (const [index, name] of ends.entries()) {
    const value = outputs[names.length + index]
    if (value !== undefined) ports.push([name, value])
  }
  return { ports: Object.fromEntries(ports), outputs }
}

/**
 * Weights in PyTorch's names and layouts (weight_ih_l0 [G·H, I], weight_hh_l0 [G·H, H], bias_ih_l0 and bias_hh_l0 [G·H]) and, with
 * them, the inputs that every recurrent op of the IR takes: x, both weights, both biases, lengths.
 */
export function recurrentOperands<S extends SettingsSpec>(
  context: LoweringContext<S>,
  gates: number,
  hidden: number,
  bias: Initializer = { kind: 'zeros' },
): ValueId[] {
  const x = inputValue(context, IN)
  const features = featuresOf(inputShape(context.shapes.inputs, IN))
  return [
    x,
    context.parameter('weight_ih_l0', [gates * hidden, features], { kind: 'glorotUniform' }),
    context.parameter('weight_hh_l0', [gates * hidden, hidden], { kind: 'orthogonal', blocks: gates }),
    context.parameter('bias_ih_l0', [gates * hidden], bias),
    context.parameter('bias_hh_l0', [gates * hidden], { kind: 'zeros' }),
    context.lengths,
  ]
}
