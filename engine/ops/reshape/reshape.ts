import { invariant, present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { f32, floatInput, sizeOf, textAttribute } from '../valueRules'

/** The same numbers in the same order, as another shape. For weights: sizes are numbers. Attribute `dims`: "4,6". */
export const reshape = defineOp({
  name: 'reshape',
  infer(inputs, attributes) {
    const x = floatInput('reshape', inputs, 0)
    const dims = textAttribute('reshape', attributes, 'dims').split(',').map(Number)
    const sizes = x.map((dim) => (typeof dim === 'number' ? dim : Number.NaN))
    invariant(sizeOf(sizes) === sizeOf(dims), `reshape: [${x.join(', ')}] cannot become [${dims.join(', ')}]`)
    return [f32(...dims)]
  },
  gradient({ inputs, dOutputs, type, emit }) {
    const dy = present(dOutputs[0], 'reshape: gradient without dy')
    const { dims } = type(present(inputs[0], 'reshape: no input'))
    return [emit('reshape', [dy], { dims: dims.join(',') })[0] ?? null]
  },
})
