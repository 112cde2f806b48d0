import type { Attributes, Initializer, ValueId } from '../ir/program'
import type { CallField } from '../ops/recurrent/recurrentCall'
import { forwardSlots, PEEPHOLES, type RecurrentKind } from '../ops/recurrent/recurrentSlots'
import type { LoweringContext, PortShape, PortSpec } from './defineNode'
import { featuresOf, IN, inPort, inputShape, inputValue, OUT, outPort } from './lowering'
import type { FractionSetting, IntegerSetting, SettingsSpec, SwitchSetting } from './settings'

/** What RNN, LSTM and GRU share: ports, the size of their memory, their options and their weights. */

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

/** Recurrent dropout (Gal & Ghahramani 2016): one mask for each row and cell, the same at all time steps and for all gates. */
export const recurrentDropoutSetting = {
  kind: 'fraction',
  label: 'Recurrent dropout',
  help: 'While training, this share of what it remembers is hidden from the next step, the same cells throughout an example. Helps when a large memory learns by heart; PyTorch has no such layer.',
  maximum: 0.9,
  default: 0,
} as const satisfies FractionSetting

export const layerNormSetting = {
  kind: 'switch',
  label: 'Layer norm',
  help: 'Brings what comes in and what is remembered to an even size before they meet, at every step. Makes training steadier and less sensitive to the learning rate, at some cost of speed; PyTorch has no such layer.',
  default: false,
} as const satisfies SwitchSetting

/** The options that are on, for the card's line. */
export function describeOptions(options: { recurrentDropout: number; layerNorm: boolean }): string[] {
  const words: string[] = []
  if (options.recurrentDropout > 0) words.push(`hides ${Number((options.recurrentDropout * 100).toFixed(1))} %`)
  if (options.layerNorm) words.push('layer norm')
  return words
}

/** Ports for the state [B, H] at both ends, and, of a layer that keeps a memory beside it (LSTM's cells), for that. */
export const STATE = 'state'
export const MEMORY = 'memory'

/** How wide what a layer gives is: its state, which is also its output at every step, and the memory beside it, if it keeps one. */
export interface RecurrentWidths {
  state: number
  memory?: number
}

export function recurrentPorts(
  statePorts: boolean,
  widths: RecurrentWidths,
): {
  inputs: PortSpec[]
  outputs: PortSpec[]
} {
  const kinds = ['vector'] as const
  const ends = endPorts(statePorts, widths)
  const meaning = widths.memory === undefined || widths.memory === widths.state ? PER_CELL : PER_NUMBER
  return {
    inputs: [
      inPort('sequence in', ['sequence']),
      ...ends.map(([name, count]) => ({
        name,
        label: `${name} at the start`,
        kinds,
        features: { count, meaning: name === STATE ? meaning : PER_CELL },
        required: false,
      })),
    ],
    outputs: [
      outPort('memory at every step', ['sequence']),
      ...ends.map(([name]) => ({ name, label: `${name} at the end`, kinds })),
    ],
  }
}

const PER_CELL = 'one per memory cell'
const PER_NUMBER = 'one per number handed on'

export function recurrentShapes(statePorts: boolean, widths: RecurrentWidths): Record<string, PortShape> {
  const ends = endPorts(statePorts, widths).map(([name, features]) => [name, { kind: 'vector', features }] as const)
  return { [OUT]: { kind: 'sequence', features: widths.state }, ...Object.fromEntries(ends) }
}

function endPorts(statePorts: boolean, { state, memory }: RecurrentWidths): [name: string, width: number][] {
  if (!statePorts) return []
  return memory === undefined
    ? [[STATE, state]]
    : [
        [STATE, state],
        [MEMORY, memory],
      ]
}

/** A recurrent layer as a node wants it. */
export interface RecurrentLayer {
  kind: RecurrentKind
  hidden: number
  /** Names of the op's plain outputs, for printing. */
  names: readonly string[]
  attributes?: Attributes
  /** How bias_ih starts; at 0 by default. */
  bias?: Initializer
  /** Diagonal weights by their place in the op, with their names. */
  peepholes?: Readonly<Partial<Record<CallField, string>>>
  /** Share of the state that weight_hh does not see while training. */
  recurrentDropout?: number
  /** Are the products with both weights normalised before they are added up (Ba, Kiros & Hinton 2016)? */
  layerNorm?: boolean
  /** Width of what is handed on, when it is projected. */
  projection?: number
}

/**
 * Adds the layer's weights, in PyTorch's names and layouts (weight_ih_l0 [G·H, I], weight_hh_l0 [G·H, P], bias_ih_l0 and bias_hh_l0
 * [G·H], weight_hr_l0 [P, H] of a projection; gain_ih_l0 and gain_hh_l0 [G·H], which PyTorch does not have, of a layer norm), and
 * emits its op. States that are wired in go to it; states at the end are made only when something reads them. Returns the value of
 * each output port, and the op's plain outputs.
 */
export function emitRecurrent<S extends SettingsSpec>(
  context: LoweringContext<S>,
  layer: RecurrentLayer,
): { ports: Record<string, ValueId>; outputs: readonly ValueId[] } {
  const { kind, names, projection } = layer
  const ends: [string, CallField, CallField][] = [[STATE, 'initialState', 'finalState']]
  if (kind.memory) ends.push([MEMORY, 'initialMemory', 'finalMemory'])
  const mask = recurrentMask(context, layer)
  const attributes: Attributes = {
    ...layer.attributes,
    ...(layer.peepholes ? { peepholes: true } : {}),
    ...(mask === null ? {} : { masked: true }),
    ...(layer.layerNorm ? { normalised: true } : {}),
    ...(projection === undefined ? {} : { projection: true }),
    ...(ends.some(([name]) => context.isRead(name)) ? { finalState: true } : {}),
  }
  const operands = new Map<CallField, ValueId>(recurrentOperands(context, layer))
  if (mask !== null) operands.set('mask', mask)
  for (const [name, start] of ends) {
    const value = context.inputs[name]
    if (value !== undefined) operands.set(start, value)
  }
  const slots = forwardSlots(kind, attributes)
  const inputs = slots.inputs.map((field) => operands.get(field) ?? null)
  while (inputs.at(-1) === null) inputs.pop()
  const made = slots.outputs.map(
    (field, index) => names[index] ?? ends.find(([, , end]) => end === field)?.[0] ?? field,
  )
  const outputs = context.builder.emit(kind.name, inputs, attributes, made)
  const ports: [string, ValueId][] = [[OUT, outputs[0]]]
  for (const [name, , end] of ends) {
    const value = outputs[slots.outputs.indexOf(end)]
    if (value !== undefined) ports.push([name, value])
  }
  return { ports: Object.fromEntries(ports), outputs }
}

/** One number for each row and state, drawn anew for every batch and the same at all time steps: 0, or 1 / (1 − rate). */
function recurrentMask<S extends SettingsSpec>(
  { builder, feed, mode }: LoweringContext<S>,
  { hidden, projection, recurrentDropout: rate = 0 }: RecurrentLayer,
): ValueId | null {
  if (mode === 'predict' || rate === 0) return null
  const [ones] = builder.emit('ones', [], { features: projection ?? hidden })
  return builder.emit('dropout', [ones, feed.randomSeed()], { rate, stream: builder.stream() }, ['recurrentMask'])[0]
}

/** The layer's inputs and weights by their place in the op. */
function recurrentOperands<S extends SettingsSpec>(
  context: LoweringContext<S>,
  { kind: { gates }, hidden, bias = { kind: 'zeros' }, peepholes = {}, layerNorm, projection }: RecurrentLayer,
): [CallField, ValueId][] {
  const x = inputValue(context, IN)
  const features = featuresOf(inputShape(context.shapes.inputs, IN))
  const wide = gates * hidden
  const state = projection ?? hidden
  const weights: [CallField, string, readonly number[], Initializer][] = [
    ['weightIh', 'weight_ih_l0', [wide, features], { kind: 'glorotUniform' }],
    ['weightHh', 'weight_hh_l0', [wide, state], { kind: 'orthogonal', blocks: gates }],
    ['biasIh', 'bias_ih_l0', [wide], bias],
    ['biasHh', 'bias_hh_l0', [wide], { kind: 'zeros' }],
  ]
  for (const field of PEEPHOLES) {
    const name = peepholes[field]
    if (name !== undefined) weights.push([field, name, [hidden], { kind: 'zeros' }])
  }
  if (layerNorm) {
    const one = { kind: 'constant', value: 1 } as const
    weights.push(['gainIh', 'gain_ih_l0', [wide], one], ['gainHh', 'gain_hh_l0', [wide], one])
  }
  if (projection !== undefined) {
    weights.push(['weightHr', 'weight_hr_l0', [projection, hidden], { kind: 'glorotUniform' }])
  }
  return [
    ['x', x],
    ...weights.map(([field, name, dims, initializer]): [CallField, ValueId] => [
      field,
      context.parameter(name, dims, initializer),
    ]),
    ['lengths', context.lengths],
  ]
}

/**
 * Emits a linear recurrence over `first` and `second` (its first two inputs), from the state that is wired in, and with its last
 * state when something reads it. Returns the value of each output port; the sequence is called `name`.
 */
export function emitLinearRecurrence<S extends SettingsSpec>(
  context: LoweringContext<S>,
  op: string,
  first: ValueId,
  second: ValueId,
  name: string,
): { [OUT]: ValueId; [STATE]?: ValueId } {
  const start = context.inputs[STATE]
  const inputs = [first, second, context.lengths, ...(start === undefined ? [] : [start])]
  const attributes = context.isRead(STATE) ? { finalState: true } : {}
  const [sequence, last] = context.builder.emit(op, inputs, attributes, [name, STATE])
  return { [OUT]: sequence, ...(last === undefined ? {} : { [STATE]: last }) }
}
