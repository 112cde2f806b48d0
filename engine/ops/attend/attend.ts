import { invariant, present } from '../../base/invariant'
import type { Dim } from '../../ir/program'
import { defineOp } from '../defineOp'
import { dimAt, f32, floatInput, integerInput, sameDims } from '../valueRules'

type Inputs = Parameters<ReturnType<typeof defineOp>['infer']>[0]

/**
 * One asker's look into a sequence: y [B, E] = Σ over the valid steps of softmax(scores) · values. Inputs: query [B, A], keys [T, B, A],
 * values [T, B, E], v [A] or null, lengths i32 [B]. With v the score of a step is vᵀ tanh(query + key) (Bahdanau 2015, the query and keys
 * projected before); without it query · key (Luong 2015: dot, or general with a projected query). Outputs: y; weights [T, B], 0 past the
 * lengths. For the bodies of a scan.
 */
export const attend = defineOp({
  name: 'attend',
  infer(inputs) {
    const { values, time, rows } = checkInputs('attend', inputs)
    sameDims('attend', 'lengths', integerInput('attend', inputs, 4, 1), [rows])
    return [f32(rows, dimAt('attend', values, 2)), f32(time, rows)]
  },
  gradient({ inputs, outputs, dOutputs, emit }) {
    const dy = present(dOutputs[0], 'attend: gradient without dy')
    invariant(!dOutputs[1], 'attend: no gradient flows through the weights')
    const [query = null, keys = null, values = null, v = null, lengths = null] = inputs
    const [dQuery = null, dKeys = null, dValues = null, dV = null] = emit('attendGradient', [
      query,
      keys,
      values,
      v,
      lengths,
      outputs[1] ?? null,
      dy,
    ])
    return [dQuery, dKeys, dValues, dV, null]
  },
  flops: ([query, keys, values]) =>
    (4 * (query?.[1] ?? 0) + 2 * (values?.[2] ?? 0)) * (keys?.[0] ?? 0) * (query?.[0] ?? 0),
})

/** Inputs: those of `attend`, weights, dy [B, E]. Outputs: dQuery, dKeys, dValues, and dV when there is a v; 0 past the lengths. */
export const attendGradient = defineOp({
  name: 'attendGradient',
  infer(inputs) {
    const { query, keys, values, v, time, rows } = checkInputs('attendGradient', inputs)
    sameDims('attendGradient', 'lengths', integerInput('attendGradient', inputs, 4, 1), [rows])
    sameDims('attendGradient', 'weights', floatInput('attendGradient', inputs, 5, 2), [time, rows])
    sameDims('attendGradient', 'dy', floatInput('attendGradient', inputs, 6, 2), values.slice(1))
    return [f32(...query), f32(...keys), f32(...values), ...(v ? [f32(...v)] : [])]
  },
  flops: ([query, keys, values]) =>
    (8 * (query?.[1] ?? 0) + 3 * (values?.[2] ?? 0)) * (keys?.[0] ?? 0) * (query?.[0] ?? 0),
})

function checkInputs(op: string, inputs: Inputs) {
  const query = floatInput(op, inputs, 0, 2)
  const keys = floatInput(op, inputs, 1, 3)
  const values = floatInput(op, inputs, 2, 3)
  const [time, rows]: [Dim, Dim] = [dimAt(op, keys, 0), dimAt(op, keys, 1)]
  sameDims(op, 'query', query, keys.slice(1))
  sameDims(op, 'steps of values', values.slice(0, 2), [time, rows])
  const v = inputs[3] ? floatInput(op, inputs, 3, 1) : null
  if (v) sameDims(op, 'v', v, keys.slice(2))
  return { query, keys, values, v, time, rows }
}
