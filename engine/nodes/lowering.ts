import { invariant, present } from '../base/invariant'
import type { ValueId } from '../ir/program'
import type { LoweringContext, PortKind, PortShape } from './defineNode'
import type { SettingsSpec } from './settings'

/** What node definitions read from their contexts, each failing with the port's name: the shapes pass has checked all of it. */

export function inputShape(inputs: Readonly<Record<string, PortShape>>, port: string): PortShape {
  return present(inputs[port], `nothing on input ${port}`)
}

export function inputValue<S extends SettingsSpec>(context: Pick<LoweringContext<S>, 'inputs'>, port: string): ValueId {
  return present(context.inputs[port], `nothing on input ${port}`)
}

/** Width of a sequence or vector. */
export function featuresOf(shape: PortShape): number {
  invariant(shape.kind !== 'tokens', 'tokens have no features')
  return shape.features
}

/** A shape of the same kind (sequence or vector), `features` wide. */
export function resized(shape: PortShape, features: number): PortShape {
  invariant(shape.kind !== 'tokens', 'tokens have no features')
  return { kind: shape.kind, features }
}

export function vocabularyOf(shape: PortShape): number {
  invariant(shape.kind === 'tokens', 'only tokens have a vocabulary')
  return shape.vocabulary
}

export const IN = 'in'
export const OUT = 'out'

export function inPort(label: string, kinds: readonly PortKind[]) {
  return { name: IN, label, kinds }
}

export function outPort(label: string, kinds: readonly PortKind[]) {
  return { name: OUT, label, kinds }
}
