import { present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { dimAt, f32, floatInput, sameDims } from '../valueRules'

/** y [..., F] = x ⊙ weight [F], the same weight for every row: a diagonal linear layer. */
export const scaleFeatures = defineOp({
  name: 'scaleFeatures',
  infer(inputs) {
    const x = floatInput('scaleFeatures', inputs, 0)
    sameDims('scaleFeatures', 'weight', floatInput('scaleFeatures', inputs, 1, 1), [dimAt('scaleFeatures', x, -1)])
    return [f32(...x)]
  },
  gradient({ inputs, dOutputs, needed, emit }) {
    const [x = null, weight = null] = inputs
    const dy = present(dOutputs[0], 'scaleFeatures: gradient without dy')
    const dx = needed[0] ? emit('scaleFeatures', [dy, weight])[0] : null
    const dWeight = needed[1] ? emit('scaleFeaturesWeightGradient', [x, dy])[0] : null
    return [dx ?? null, dWeight ?? null]
  },
})

/** Inputs: x, dy. Output: dWeight [F], the sum of x ⊙ dy over all rows. */
export const scaleFeaturesWeightGradient = defineOp({
  name: 'scaleFeaturesWeightGradient',
  infer(inputs) {
    const x = floatInput('scaleFeaturesWeightGradient', inputs, 0)
    sameDims('scaleFeaturesWeightGradient', 'dy', floatInput('scaleFeaturesWeightGradient', inputs, 1), x)
    return [f32(dimAt('scaleFeaturesWeightGradient', x, -1))]
  },
})
