import type { Initializer, ValueId } from '../ir/program'
import type { LoweringContext, PortShape } from './defineNode'
import { featuresOf, IN, inPort, inputShape, inputValue, OUT, outPort } from './lowering'
import type { IntegerSetting, SettingsSpec } from './settings'

/** What RNN, LSTM and GRU share: ports, the size of their memory, and their weights. */

export const hiddenSetting = {
  kind: 'integer',
  label: 'Memory cells',
  help: 'How many numbers it remembers from step to step. More can hold more, but train slower and need more data.',
  minimum: 1,
  maximum: 2048,
  default: 64,
} as const satisfies IntegerSetting

export function recurrentPorts() {
  return {
    inputs: [inPort('sequence in', ['sequence'])],
    outputs: [outPort('memory at every step', ['sequence'])],
  }
}

export function recurrentShapes(hidden: number): Record<string, PortShape> {
  return { [OUT]: { kind: 'sequence', features: hidden } }
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
