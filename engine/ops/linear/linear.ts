import { invariant, present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { CHUNK_ROWS, PRODUCT_WORK, packedSize } from '../product/packing'
import { dimAt, f32, fixedDim, flagAttribute, floatInput, rowsOf, sameDims } from '../valueRules'

/**
 * y [..., O] = x [..., I] · weightᵀ + bias. Inputs: x, weight [O, I], bias [O] or null. PyTorch's `Linear`.
 */
export const linear = defineOp({
  name: 'linear',
  infer(inputs) {
    const x = floatInput('linear', inputs, 0)
    const weight = floatInput('linear', inputs, 1, 2)
    const bias = inputs[2] ?? null
    invariant(x.length >= 1, 'linear: x must have a feature axis')
    sameDims('linear', 'features of x', [dimAt('linear', x, -1)], [dimAt('linear', weight, 1)])
    if (bias !== null) sameDims('linear', 'bias', floatInput('linear', inputs, 2, 1), [dimAt('linear', weight, 0)])
    return [f32(...x.slice(0, -1), dimAt('linear', weight, 0))]
  },
  gradient({ inputs, dOutputs, needed, emit }) {
    const [x, weight, bias] = inputs
    const dy = present(dOutputs[0], 'linear: gradient without dy')
    const hasBias = bias !== null && bias !== undefined
    const dx = needed[0] ? emit('linearInputGradient', [dy, weight ?? null])[0] : null
    const weights =
      needed[1] || (hasBias && needed[2]) ? emit('linearWeightGradient', [x ?? null, dy], { bias: hasBias }) : []
    return [dx ?? null, weights[0] ?? null, ...(inputs.length > 2 ? [weights[1] ?? null] : [])]
  },
  flops: ([x, weight]) => 2 * rowsOf(x ?? []) * rowsAndColumns(weight),
  keepsOf: 1,
  scratch: ([, weight]) => packedSize(columns(weight), rows(weight)) + PRODUCT_WORK,
})

/** dx [..., I] = dy [..., O] · weight. Inputs: dy, weight [O, I]. */
export const linearInputGradient = defineOp({
  name: 'linearInputGradient',
  infer(inputs) {
    const dy = floatInput('linearInputGradient', inputs, 0)
    const weight = floatInput('linearInputGradient', inputs, 1, 2)
    sameDims('linearInputGradient', 'features of dy', dy.slice(-1), weight.slice(0, 1))
    return [f32(...dy.slice(0, -1), dimAt('linearInputGradient', weight, 1))]
  },
  flops: ([dy, weight]) => 2 * rowsOf(dy ?? []) * rowsAndColumns(weight),
  keepsOf: 1,
  scratch: ([, weight]) => packedSize(rows(weight), columns(weight)) + PRODUCT_WORK,
})

/** dWeight [O, I] = dyᵀ · x and, with attribute `bias`, dBias [O] = the sum of dy's rows. Inputs: x, dy. */
export const linearWeightGradient = defineOp({
  name: 'linearWeightGradient',
  infer(inputs, attributes) {
    const x = floatInput('linearWeightGradient', inputs, 0)
    const dy = floatInput('linearWeightGradient', inputs, 1)
    sameDims('linearWeightGradient', 'rows of dy', dy.slice(0, -1), x.slice(0, -1))
    const outputs = fixedDim('linearWeightGradient', dy, -1)
    const dWeight = f32(outputs, fixedDim('linearWeightGradient', x, -1))
    return flagAttribute('linearWeightGradient', attributes, 'bias') ? [dWeight, f32(outputs)] : [dWeight]
  },
  flops: ([x, dy]) => 2 * rowsOf(x ?? []) * (x?.at(-1) ?? 0) * (dy?.at(-1) ?? 0),
  scratch: ([x]) => packedSize(Math.min(rowsOf(x ?? []), CHUNK_ROWS), x?.at(-1) ?? 0) + PRODUCT_WORK,
})

function rows(weight: readonly number[] | null | undefined): number {
  return weight?.[0] ?? 0
}

function columns(weight: readonly number[] | null | undefined): number {
  return weight?.[1] ?? 0
}

function rowsAndColumns(weight: readonly number[] | null | undefined): number {
  return rows(weight) * columns(weight)
}
