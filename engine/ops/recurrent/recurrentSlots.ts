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
  /** What forward keeps beside y, and how many times H wide it is. */
  kept: readonly { field: 'gates' | 'kept'; width: number }[]
  /** What backward works in, how wide, and the input over which it may lie. */
  work: readonly [BackwardWork, ...BackwardWork[]]
  /** Has it a memory beside its state (the lstm's cells)? Then that begins and ends like the state. */
  memory: boolean
  /** Diagonal weights through which its gates may see the memory. */
  peepholes: readonly Peephole[]
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
  outputs: readonly CallField[]
}

const LAYER = ['x', 'weightIh', 'weightHh', 'biasIh', 'biasHh', 'lengths'] as const
export const PEEPHOLES = ['peepholeI', 'peepholeF', 'peepholeO'] as const

const PEEPHOLE_GRADIENTS = { peepholeI: 'dPeepholeI', peepholeF: 'dPeepholeF', peepholeO: 'dPeepholeO' } as const

/** Inputs that may be absent. */
function optionalInputs({ memory, peepholes }: RecurrentKind): CallField[] {
  return ['initialState', ...(memory ? (['initialMemory'] as const) : []), ...peepholes]
}

export function forwardSlots(kind: RecurrentKind, attributes: Attributes): Slots {
  const finals: CallField[] = kind.memory ? ['finalState', 'finalMemory'] : ['finalState']
  return {
    inputs: [...LAYER, ...optionalInputs(kind)],
    outputs: ['y', ...kind.kept.map(({ field }) => field), ...(isSet(attributes, 'finalState') ? finals : [])],
  }
}

export function backwardSlots(kind: RecurrentKind, attributes: Attributes): Slots {
  const kept = kind.kept.map(({ field }) => field)
  const dFinals: CallField[] = kind.memory ? ['dFinalState', 'dFinalMemory'] : ['dFinalState']
  const { inputGradient, weightGradient } = wantedGradients(kind, attributes)
  const outputs: CallField[] = kind.work.map(({ field }) => field)
  if (inputGradient) outputs.push('dx')
  if (weightGradient) outputs.push('dWeightIh', 'dWeightHh', 'dBiasIh', 'dBiasHh')
  if (weightGradient && isSet(attributes, 'peepholes')) {
    for (const field of kind.peepholes) outputs.push(PEEPHOLE_GRADIENTS[field])
  }
  if (isSet(attributes, 'stateGradient')) outputs.push('dInitialState')
  if (isSet(attributes, 'memoryGradient')) outputs.push('dInitialMemory')
  return {
    inputs: ['x', 'weightIh', 'weightHh', 'lengths', 'y', ...kept, 'dy', ...optionalInputs(kind), ...dFinals],
    outputs,
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
  initialState: 'dInitialState',
  initialMemory: 'dInitialMemory',
  y: 'dy',
  finalState: 'dFinalState',
  finalMemory: 'dFinalMemory',
}

/** Fields whose gradients come all together when one of them is wanted. */
export const WEIGHTS: readonly CallField[] = ['weightIh', 'weightHh', 'biasIh', 'biasHh', ...PEEPHOLES]

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
