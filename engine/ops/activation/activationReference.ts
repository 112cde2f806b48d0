import { assertNever } from '../../base/invariant'
import type { KernelFactory } from '../kernel'
import { inputFloats, outputFloats } from '../kernelViews'
import { type ActivationKind, activationKind } from './activation'

/** The function itself. */
export function activate(kind: ActivationKind, x: number): number {
  switch (kind) {
    case 'tanh':
      return Math.tanh(x)
    case 'relu':
      return Math.max(x, 0)
    case 'sigmoid':
      return sigmoid(x)
    default:
      return assertNever(kind)
  }
}

/** Its slope, told from its result y. */
export function activationSlope(kind: ActivationKind, y: number): number {
  switch (kind) {
    case 'tanh':
      return 1 - y * y
    case 'relu':
      return y > 0 ? 1 : 0
    case 'sigmoid':
      return y * (1 - y)
    default:
      return assertNever(kind)
  }
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

export const activationReference: KernelFactory = (call) => {
  const kind = activationKind(call.attributes)
  const x = inputFloats(call, 0)
  const y = outputFloats(call, 0)
  return () => {
    for (let index = 0; index < y.size; index++) y.set(index, activate(kind, x.at(index)))
  }
}

export const activationGradientReference: KernelFactory = (call) => {
  const kind = activationKind(call.attributes)
  const y = inputFloats(call, 0)
  const dy = inputFloats(call, 1)
  const dx = outputFloats(call, 0)
  return () => {
    for (let index = 0; index < dx.size; index++) dx.set(index, dy.at(index) * activationSlope(kind, y.at(index)))
  }
}
