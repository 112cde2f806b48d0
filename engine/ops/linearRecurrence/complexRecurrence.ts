import { invariant, present } from '../../base/invariant'
import type { ValueType } from '../../ir/program'
import { defineOp } from '../defineOp'
import { f32, fixedDim, floatInput, sameDims } from '../valueRules'
import { backwardOperands, readSequence, readState, recurrenceStates } from './recurrenceRules'

/**
 * x_t = λ ⊙ x_{t−1} + γ ⊙ u_t over complex numbers: the diagonal linear recurrence of a state-space layer, the same at every step.
 * Inputs: u [T, B, 2N], real parts and then imaginary ones; coefficients [3, N], rows Re λ, Im λ, γ; lengths i32 [B]; and the state
 * before the first step [B, 2N], which may be absent. Outputs: x [T, B, 2N], 0 past an example's length; with attribute `finalState`
 * x after each row's last valid step [B, 2N]. Few numbers
 * are scanned in chunks of time as gatedRecurrence's are.
 */
export const complexRecurrence = defineOp({
  name: 'complexRecurrence',
  infer(inputs, attributes) {
    const u = readDrive('complexRecurrence', inputs, 2)
    readState('complexRecurrence', inputs, 3, u)
    return attributes.finalState === true ? [f32(...u), f32(...u.slice(1))] : [f32(...u)]
  },
  gradient({ inputs, outputs, dOutputs, needed, emit }) {
    const [u = null, coefficients = null, lengths = null, initial = null] = inputs
    const x = present(outputs[0], 'complexRecurrence: no x')
    const attributes = needed[3] ? { stateGradient: true } : {}
    const operands = backwardOperands(u, coefficients, lengths, x, dOutputs[0], initial, dOutputs[1])
    const [du, dCoefficients, dInitial = null] = emit('complexRecurrenceGradient', operands, attributes)
    return [du ?? null, dCoefficients ?? null, null, dInitial].slice(0, inputs.length)
  },
  states: recurrenceStates,
  // A row of zeros.
  scratch: ([u]) => u?.[2] ?? 0,
  flops: ([u]) => 5 * (u ?? []).reduce((product, size) => product * size, 1),
})

/**
 * Inputs: u, coefficients, lengths, x, dx, x0, gradient of the last state; the last three may be absent. Outputs: du, dCoefficients,
 * and with attribute `stateGradient` dx0 [B, 2N].
 */
export const complexRecurrenceGradient = defineOp({
  name: 'complexRecurrenceGradient',
  infer(inputs, attributes) {
    const op = 'complexRecurrenceGradient'
    const u = readDrive(op, inputs, 2)
    sameDims(op, 'x', readSequence(op, inputs, 3, 2), u)
    if (inputs[4]) sameDims(op, 'dx', readSequence(op, inputs, 4, 2), u)
    readState(op, inputs, 5, u)
    readState(op, inputs, 6, u)
    const gradients = [f32(...u), f32(3, fixedDim(op, u, 2) / 2)]
    return attributes.stateGradient === true ? [...gradients, f32(...u.slice(1))] : gradients
  },
  inPlace: [{ output: 0, input: 0 }],
  flops: ([u]) => 12 * (u ?? []).reduce((product, size) => product * size, 1),
  // A row of zeros, the coefficients' gradient over a few steps, that of the state from the steps behind, and what a scan works in.
  scratch: ([u]) => (u?.[1] ?? 0) * (u?.[2] ?? 0) + (5 * (u?.[2] ?? 0)) / 2 + 80,
})

function readDrive(op: string, inputs: readonly (ValueType | null)[], lengths: number) {
  const u = readSequence(op, inputs, 0, lengths)
  const width = fixedDim(op, u, 2)
  invariant(width % 2 === 0, `${op}: ${width} numbers are no pairs of real and imaginary parts`)
  sameDims(op, 'coefficients', floatInput(op, inputs, 1, 2), [3, width / 2])
  return u
}
