import { invariant } from '../../base/invariant'
import type { Attributes } from '../../ir/program'
import { flagAttribute } from '../valueRules'
import type { CallField } from './recurrentCall'

/**
 * A recurrent op: how many gates, what its forward kernel keeps for backward, what else it knows. From this follow the inputs and
 * outputs of the op and of its gradient, and with them shape rules, gradient rule and the binding of both kernels.
 */
export interface RecurrentKind {
  /** Name of the op; that of its gradient ends in "Gradient". */
  name: string
  gates: number
  /** Gates whose sums are normalised together, when they are normalised; they add up to `gates`. */
  groups: readonly number[]
  /** What forward keeps beside y, and how many times H wide it is. */
  kept: readonly { field: 'gates' | 'kept'; width: number }[]
  /** What backward works in, how wide, and the input over which it may lie. */
  work: readonly [BackwardWork, ...BackwardWork[]]
  /** Has it a memory beside its state (the lstm's cells)? Then that begins and ends like the state. */
  memory: boolean
  /** Diagonal weights through which its gates may see the memory. */
  peepholes: readonly Peephole[]
  /** What may be switched on by an attribute of that name. */
  options: readonly RecurrentOption[]
  /** Throws InternalError for attributes that cannot be meant. */
  check(attributes: Attributes): void
}

type Peephole = (typeof PEEPHOLES)[number]

interface BackwardWork {
  field: 'dGates' | 'dKept'
  width: number
  over: 'gates' | 'kept' | 'dy'
}

/** Inputs and outputs of an instruction, in order, by the names of the call's fields. */
export interface Slots {
  inputs: readonly CallField[]
  /** Those that may not be absent. */
  required: readonly CallField[]
  outputs: readonly CallField[]
}

const LAYER = ['x', 'weightIh', 'weightHh', 'biasIh', 'biasHh', 'lengths'] as const
export const PEEPHOLES = ['peepholeI', 'peepholeF', 'peepholeO'] as const

const PEEPHOLE_GRADIENTS = { peepholeI: 'dPeepholeI', peepholeF: 'dPeepholeF', peepholeO: 'dPeepholeO' } as const

interface OptionSlots {
  /** What the op then needs beside its layer. */
  inputs: readonly CallField[]
  /** What forward then keeps for backward. */
  kept: readonly CallField[]
  /** What backward then works in. */
  work: readonly CallField[]
  /** Gradients that then come with those of the weights. */
  gradients: readonly CallField[]
}

/** What comes with each option; an instruction without it is that of the plain layer. */
const OPTIONS = {
  masked: { inputs: ['mask'], kept: ['met'], work: [], gradients: [] },
  normalised: {
    inputs: ['gainIh', 'gainHh'],
    kept: ['normal', 'scales'],
    work: ['dProducts'],
    gradients: ['dGainIh', 'dGainHh'],
  },
  projection: { inputs: ['weightHr'], kept: ['raw'], work: ['dProjected'], gradients: ['dWeightHr'] },
} as const satisfies Readonly<Record<string, OptionSlots>>

export type RecurrentOption = keyof typeof OPTIONS

/** Inputs that may be absent. */
function optionalInputs({ memory, peepholes }: RecurrentKind): CallField[] {
  return ['initialState', ...(memory ? (['initialMemory'] as const) : []), ...peepholes]
}

/** What the options that are on bring to one of the lists. */
function brought({ options }: RecurrentKind, attributes: Attributes, list: keyof OptionSlots): CallField[] {
  return options.filter((option) => isSet(attributes, option)).flatMap((option) => [...OPTIONS[option][list]])
}

export function forwardSlots(kind: RecurrentKind, attributes: Attributes): Slots {
  const finals: CallField[] = kind.memory ? ['finalState', 'finalMemory'] : ['finalState']
  const more = brought(kind, attributes, 'inputs')
  return {
    inputs: [...LAYER, ...optionalInputs(kind), ...more],
    required: [...LAYER, ...more],
    outputs: [
      'y',
      ...kind.kept.map(({ field }) => field),
      ...(isSet(attributes, 'finalState') ? finals : []),
      ...brought(kind, attributes, 'kept'),
    ],
  }
}

export function backwardSlots(kind: RecurrentKind, attributes: Attributes): Slots {
  const layer: CallField[] = ['x', 'weightIh', 'weightHh', 'lengths', 'y', ...kind.kept.map(({ field }) => field)]
  const more = [...brought(kind, attributes, 'inputs'), ...brought(kind, attributes, 'kept')]
  const dFinals: CallField[] = kind.memory ? ['dFinalState', 'dFinalMemory'] : ['dFinalState']
  const { inputGradient, weightGradient } = wantedGradients(kind, attributes)
  const outputs: CallField[] = kind.work.map(({ field }) => field)
  outputs.push(...brought(kind, attributes, 'work'))
  if (inputGradient) outputs.push('dx')
  if (weightGradient) outputs.push('dWeightIh', 'dWeightHh', 'dBiasIh', 'dBiasHh')
  if (weightGradient && isSet(attributes, 'peepholes')) {
    for (const field of kind.peepholes) outputs.push(PEEPHOLE_GRADIENTS[field])
  }
  if (weightGradient) outputs.push(...brought(kind, attributes, 'gradients'))
  if (isSet(attributes, 'stateGradient')) outputs.push('dInitialState')
  if (isSet(attributes, 'memoryGradient')) outputs.push('dInitialMemory')
  return {
    inputs: [...layer, 'dy', ...optionalInputs(kind), ...dFinals, ...more],
    required: [...layer, ...more],
    outputs,
  }
}

/** Throws InternalError for an option that is on and that the kind does not have. */
export function checkOptions({ name, options }: RecurrentKind, attributes: Attributes): void {
  for (const option of Object.keys(OPTIONS)) {
    invariant(!isSet(attributes, option) || options.some((known) => known === option), `${name}: has no ${option}`)
  }
}

/** Field of the gradient of a field. */
export const GRADIENT_OF: Readonly<Partial<Record<CallField, CallField>>> = {
  x: 'dx',
  weightIh: 'dWeightIh',
  weightHh: 'dWeightHh',
  biasIh: 'dBiasIh',
  biasHh: 'dBiasHh',
  ...PEEPHOLE_GRADIENTS,
  weightHr: 'dWeightHr',
  gainIh: 'dGainIh',
  gainHh: 'dGainHh',
  initialState: 'dInitialState',
  initialMemory: 'dInitialMemory',
  y: 'dy',
  finalState: 'dFinalState',
  finalMemory: 'dFinalMemory',
}

/** Fields whose gradients come all together when one of them is wanted. */
export const WEIGHTS: readonly CallField[] = [
  'weightIh',
  'weightHh',
  'biasIh',
  'biasHh',
  ...PEEPHOLES,
  'weightHr',
  'gainIh',
  'gainHh',
]

/** Attributes that an instruction of the plain layer does not carry are off. */
export function isSet(attributes: Attributes, name: string): boolean {
  return attributes[name] === true
}

/** Which gradients a gradient op was asked for. */
function wantedGradients(
  { name }: RecurrentKind,
  attributes: Attributes,
): { inputGradient: boolean; weightGradient: boolean } {
  return {
    inputGradient: flagAttribute(`${name}Gradient`, attributes, 'inputGradient'),
    weightGradient: flagAttribute(`${name}Gradient`, attributes, 'weightGradient'),
  }
}
