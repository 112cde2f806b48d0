import { invariant, present } from '../../base/invariant'
import type { Attributes } from '../../ir/program'
import { defineOp } from '../defineOp'
import { f32, floatInput, sameDims, textAttribute } from '../valueRules'

export type ActivationKind = 'tanh' | 'relu' | 'sigmoid'

/** Reads attribute `kind`. */
export function activationKind(attributes: Attributes): ActivationKind {
  const kind = textAttribute('activation', attributes, 'kind')
  invariant(kind === 'tanh' || kind === 'relu' || kind === 'sigmoid', `activation: unknown kind ${kind}`)
  return kind
}

/** y = kind(x), element by element, any shape. Attribute `kind`. */
export const activation = defineOp({
  name: 'activation',
  infer(inputs, attributes) {
    activationKind(attributes)
    return [f32(...floatInput('activation', inputs, 0))]
  },
  gradient({ outputs, dOutputs, attributes, emit }) {
    const y = present(outputs[0], 'activation: no output')
    const dy = present(dOutputs[0], 'activation: gradient without dy')
    return [emit('activationGradient', [y, dy], attributes)[0] ?? null]
  },
  inPlace: [{ output: 0, input: 0 }],
})

/** dx = dy · kind′, told from y: 1 − y² (tanh), y > 0 (relu), y (1 − y) (sigmoid). Inputs: y, dy. */
export const activationGradient = defineOp({
  name: 'activationGradient',
  infer(inputs, attributes) {
    activationKind(attributes)
    const y = floatInput('activationGradient', inputs, 0)
    sameDims('activationGradient', 'dy', floatInput('activationGradient', inputs, 1), y)
    return [f32(...y)]
  },
  inPlace: [
    { output: 0, input: 1 },
    { output: 0, input: 0 },
  ],
})
