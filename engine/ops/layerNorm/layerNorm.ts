import { present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { dimAt, f32, fixedDim, floatInput, sameDims } from '../valueRules'

/** Added to the variance, as in PyTorch. */
export const LAYER_NORM_EPSILON = 1e-5

/**
 * y = (x − mean) / √(variance + 1e-5) · weight + bias, mean and variance over the last axis (Ba, Kiros & Hinton 2016; PyTorch's
 * `LayerNorm`). Inputs: x [..., F], weight [F], bias [F]. Outputs: y [..., F]; statistics [..., 2], mean and 1 / √(variance + 1e-5).
 */
export const layerNorm = defineOp({
  name: 'layerNorm',
  infer(inputs) {
    const x = floatInput('layerNorm', inputs, 0)
    const features = dimAt('layerNorm', x, -1)
    for (const [index, what] of ['weight', 'bias'].entries()) {
      sameDims('layerNorm', what, floatInput('layerNorm', inputs, index + 1, 1), [features])
    }
    return [f32(...x), f32(...x.slice(0, -1), 2)]
  },
  gradient({ inputs, outputs, dOutputs, emit }) {
    const [x = null, weight = null] = inputs
    const dy = present(dOutputs[0], 'layerNorm: gradient without dy')
    const gradients = emit('layerNormGradient', [x, weight, outputs[1] ?? null, dy])
    return [gradients[0] ?? null, gradients[1] ?? null, gradients[2] ?? null]
  },
})

/** Inputs: x, weight, statistics, dy. Outputs: dx [..., F], dWeight [F], dBias [F]. */
export const layerNormGradient = defineOp({
  name: 'layerNormGradient',
  infer(inputs) {
    const op = 'layerNormGradient'
    const x = floatInput(op, inputs, 0)
    const features = fixedDim(op, x, -1)
    sameDims(op, 'weight', floatInput(op, inputs, 1, 1), [features])
    sameDims(op, 'statistics', floatInput(op, inputs, 2), [...x.slice(0, -1), 2])
    sameDims(op, 'dy', floatInput(op, inputs, 3), x)
    return [f32(...x), f32(features), f32(features)]
  },
  inPlace: [{ output: 0, input: 3 }],
  // Sums over few hundred rows, before they are added to the total.
  scratch: ([x]) => 2 * (x?.at(-1) ?? 0),
})
