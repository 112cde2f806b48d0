import { invariant, present } from '../../base/invariant'
import type { Attributes } from '../../ir/program'
import { defineOp } from '../defineOp'
import { f32, fixedDim, floatInput, integerInput, numberAttribute, sameDims } from '../valueRules'

/**
 * What a causal convolution sees at each step: y [T, B, I·K], where y[t, b, i·K + k] = x[t − (K − 1 − k)·dilation, b, i], 0 before the
 * first step and past each example's length. Inputs: x f32 [T, B, I], lengths i32 [B]. Attributes: `size` K, `dilation`. A product with a
 * weight [O, I, K] seen as [O, I·K] is then PyTorch's conv1d with (K − 1)·dilation zeros in front.
 */
export const causalWindow = defineOp({
  name: 'causalWindow',
  infer(inputs, attributes) {
    const x = floatInput('causalWindow', inputs, 0, 3)
    sameDims('causalWindow', 'lengths', integerInput('causalWindow', inputs, 1, 1), x.slice(1, 2))
    const { size } = windowOf(attributes)
    return [f32(...x.slice(0, 2), fixedDim('causalWindow', x, 2) * size)]
  },
  gradient({ inputs, dOutputs, attributes, emit }) {
    const dy = present(dOutputs[0], 'causalWindow: gradient without dy')
    return [emit('causalWindowGradient', [dy, inputs[1] ?? null], attributes)[0] ?? null, null]
  },
})

/** dx [T, B, I]: every number of x gets the gradients of all windows that it stands in. Inputs: dy, lengths. */
export const causalWindowGradient = defineOp({
  name: 'causalWindowGradient',
  infer(inputs, attributes) {
    const dy = floatInput('causalWindowGradient', inputs, 0, 3)
    sameDims('causalWindowGradient', 'lengths', integerInput('causalWindowGradient', inputs, 1, 1), dy.slice(1, 2))
    const { size } = windowOf(attributes)
    const features = fixedDim('causalWindowGradient', dy, 2) / size
    invariant(Number.isInteger(features), `causalWindowGradient: windows of ${size} do not fit`)
    return [f32(...dy.slice(0, 2), features)]
  },
})

/** Steps that are looked at, and how far apart they lie. */
export function windowOf(attributes: Attributes): { size: number; dilation: number } {
  const size = numberAttribute('causalWindow', attributes, 'size')
  const dilation = numberAttribute('causalWindow', attributes, 'dilation')
  invariant(Number.isInteger(size) && size >= 1, `causalWindow: ${size} steps`)
  invariant(Number.isInteger(dilation) && dilation >= 1, `causalWindow: ${dilation} apart`)
  return { size, dilation }
}
