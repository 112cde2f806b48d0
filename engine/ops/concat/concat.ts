import { invariant, present } from '../../base/invariant'
import type { Attributes } from '../../ir/program'
import { defineOp } from '../defineOp'
import { f32, fixedDim, floatInput, numberAttribute, sameDims } from '../valueRules'

/** y [..., P + Q] = a [..., P] and b [..., Q] side by side. */
export const concat = defineOp({
  name: 'concat',
  infer(inputs) {
    const a = floatInput('concat', inputs, 0)
    const b = floatInput('concat', inputs, 1)
    sameDims('concat', 'rows of b', b.slice(0, -1), a.slice(0, -1))
    return [f32(...a.slice(0, -1), fixedDim('concat', a, -1) + fixedDim('concat', b, -1))]
  },
  gradient({ inputs, dOutputs, needed, type, emit }) {
    const dy = present(dOutputs[0], 'concat: gradient without dy')
    const widths = inputs.map((input) => fixedDim('concat', type(present(input, 'concat: no input')).dims, -1))
    const [left = 0, right = 0] = widths
    const da = needed[0] ? emit('slice', [dy], { first: 0, count: left })[0] : null
    const db = needed[1] ? emit('slice', [dy], { first: left, count: right })[0] : null
    return [da ?? null, db ?? null]
  },
})

/** Reads attributes `first` and `count`: which columns. */
export function sliceRange(op: string, attributes: Attributes, columns: number): { first: number; count: number } {
  const first = numberAttribute(op, attributes, 'first')
  const count = numberAttribute(op, attributes, 'count')
  const inside = Number.isInteger(first) && Number.isInteger(count) && first >= 0 && count > 0
  invariant(inside && first + count <= columns, `${op}: no ${count} columns from ${first} on in ${columns}`)
  return { first, count }
}

/** y [..., count] = columns `first` … of x [..., F]. Attributes first, count. */
export const slice = defineOp({
  name: 'slice',
  infer(inputs, attributes) {
    const x = floatInput('slice', inputs, 0)
    const { count } = sliceRange('slice', attributes, fixedDim('slice', x, -1))
    return [f32(...x.slice(0, -1), count)]
  },
  gradient({ inputs, dOutputs, attributes, type, emit }) {
    const dy = present(dOutputs[0], 'slice: gradient without dy')
    const columns = fixedDim('slice', type(present(inputs[0], 'slice: no input')).dims, -1)
    return [emit('sliceGradient', [dy], { ...attributes, columns })[0] ?? null]
  },
})

/** dx [..., columns] = dy [..., count] at columns `first` …, 0 elsewhere. Attributes first, count, columns. */
export const sliceGradient = defineOp({
  name: 'sliceGradient',
  infer(inputs, attributes) {
    const dy = floatInput('sliceGradient', inputs, 0)
    const columns = numberAttribute('sliceGradient', attributes, 'columns')
    const { count } = sliceRange('sliceGradient', attributes, columns)
    sameDims('sliceGradient', 'columns of dy', dy.slice(-1), [count])
    return [f32(...dy.slice(0, -1), columns)]
  },
})
