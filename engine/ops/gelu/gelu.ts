import { present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { f32, floatInput, sameDims } from '../valueRules'

/**
 * y = x · Φ(x), Φ the normal distribution, by the exact error function as PyTorch's default (Hendrycks & Gimpel 2016); any shape. An op
 * of its own and not a kind of `activation`, because its slope cannot be told from y: x must stay until backward.
 */
export const gelu = defineOp({
  name: 'gelu',
  infer: (inputs) => [f32(...floatInput('gelu', inputs, 0))],
  gradient({ inputs, dOutputs, emit }) {
    const x = present(inputs[0], 'gelu: no input')
    const dy = present(dOutputs[0], 'gelu: gradient without dy')
    return [emit('geluGradient', [x, dy])[0] ?? null]
  },
})

/** dx = dy · (Φ(x) + x φ(x)), φ the normal density. Inputs: x, dy. */
export const geluGradient = defineOp({
  name: 'geluGradient',
  infer(inputs) {
    const x = floatInput('geluGradient', inputs, 0)
    sameDims('geluGradient', 'dy', floatInput('geluGradient', inputs, 1), x)
    return [f32(...x)]
  },
  inPlace: [
    { output: 0, input: 1 },
    { output: 0, input: 0 },
  ],
})
