import { present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { f32, fixedDim, floatInput, sameDims } from '../valueRules'

/**
 * Eigenvalues of a stable complex diagonal recurrence from weights without bounds (Orvieto et al. 2023, "Resurrecting recurrent neural
 * networks for long sequences", section 3.3): λ = exp(−exp(ν) + i exp(θ)), inside the unit circle whatever ν and θ are. γ = √(1 − |λ|²)
 * keeps the state of even size for a drive that is noise (section 3.4; there γ is a weight that begins so and is trained, here it
 * follows λ, as in De et al. 2024, "Griffin"). Inputs: ν [N], θ [N]. Output: [3, N], rows Re λ, Im λ, γ.
 */
export const eigenvalues = defineOp({
  name: 'eigenvalues',
  infer(inputs) {
    const nu = floatInput('eigenvalues', inputs, 0, 1)
    sameDims('eigenvalues', 'θ', floatInput('eigenvalues', inputs, 1, 1), nu)
    return [f32(3, fixedDim('eigenvalues', nu, 0))]
  },
  gradient({ inputs, dOutputs, emit }) {
    const [nu = null, theta = null] = inputs
    const d = present(dOutputs[0], 'eigenvalues: gradient without d')
    const [dNu, dTheta] = emit('eigenvaluesGradient', [nu, theta, d])
    return [dNu ?? null, dTheta ?? null]
  },
})

/** Inputs: ν, θ, gradient [3, N] of the eigenvalues. Outputs: dν, dθ. */
export const eigenvaluesGradient = defineOp({
  name: 'eigenvaluesGradient',
  infer(inputs) {
    const nu = floatInput('eigenvaluesGradient', inputs, 0, 1)
    sameDims('eigenvaluesGradient', 'θ', floatInput('eigenvaluesGradient', inputs, 1, 1), nu)
    sameDims('eigenvaluesGradient', 'd', floatInput('eigenvaluesGradient', inputs, 2, 2), [3, ...nu])
    return [f32(...nu), f32(...nu)]
  },
})
