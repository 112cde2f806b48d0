import { present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { f32, sameDims } from '../valueRules'
import { backwardOperands, readSequence, readState, recurrenceStates } from './recurrenceRules'

/**
 * h_t = (1 − z_t) ⊙ h_{t−1} + z_t ⊙ c_t: a diagonal linear recurrence whose factors z and c do not look at h, as in minGRU (Feng et
 * al. 2024, "Were RNNs all we needed?", algorithm 1). Inputs: z [T, B, F] between 0 and 1, c [T, B, F], lengths i32 [B], and the state
 * before the first step h0 [B, F], which may be absent. Outputs: y [T, B, F], 0 past an example's length; with attribute
 * `finalState` h after each row's last valid step [B, F].
 *
 * Computed by a scan in chunks of time where B × F is too little to keep a processor busy (timeChunks.as.ts), else step after step in
 * vectors over F; threads share the batch.
 */
export const gatedRecurrence = defineOp({
  name: 'gatedRecurrence',
  infer(inputs, attributes) {
    const z = readSequence('gatedRecurrence', inputs, 0, 2)
    sameDims('gatedRecurrence', 'c', readSequence('gatedRecurrence', inputs, 1, 2), z)
    readState('gatedRecurrence', inputs, 3, z)
    return attributes.finalState === true ? [f32(...z), f32(...z.slice(1))] : [f32(...z)]
  },
  gradient({ inputs, outputs, dOutputs, needed, emit }) {
    const [z = null, c = null, lengths = null, initial = null] = inputs
    const y = present(outputs[0], 'gatedRecurrence: no y')
    const attributes = needed[3] ? { stateGradient: true } : {}
    const operands = backwardOperands(z, c, lengths, y, dOutputs[0], initial, dOutputs[1])
    const [dz, dc, dInitial = null] = emit('gatedRecurrenceGradient', operands, attributes)
    return [dz ?? null, dc ?? null, null, dInitial].slice(0, inputs.length)
  },
  states: recurrenceStates,
  // A row of zeros.
  scratch: ([z]) => z?.[2] ?? 0,
})

/**
 * Inputs: z, c, lengths, y, dy, h0, gradient of the last state; the last three may be absent. Outputs: dz, dc, and with attribute
 * `stateGradient` dh0 [B, F].
 */
export const gatedRecurrenceGradient = defineOp({
  name: 'gatedRecurrenceGradient',
  infer(inputs, attributes) {
    const op = 'gatedRecurrenceGradient'
    const z = readSequence(op, inputs, 0, 2)
    for (const index of [1, 3]) sameDims(op, 'a sequence', readSequence(op, inputs, index, 2), z)
    if (inputs[4]) sameDims(op, 'dy', readSequence(op, inputs, 4, 2), z)
    readState(op, inputs, 5, z)
    readState(op, inputs, 6, z)
    const gradients = [f32(...z), f32(...z)]
    return attributes.stateGradient === true ? [...gradients, f32(...z.slice(1))] : gradients
  },
  inPlace: [
    { output: 0, input: 0 },
    { output: 1, input: 1 },
  ],
  // A row of zeros, and the gradient of the state from the steps behind.
  scratch: ([z]) => (1 + (z?.[1] ?? 0)) * (z?.[2] ?? 0),
})
