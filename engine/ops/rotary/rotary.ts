import { invariant, present } from '../../base/invariant'
import type { Attributes } from '../../ir/program'
import { defineOp } from '../defineOp'
import { dimAt, f32, fixedDim, flagAttribute, floatInput, numberAttribute, sameDims } from '../valueRules'

/**
 * Rotary positions (Su et al. 2021, 3.2.2): in the first `columns` columns, cut into heads of D, each pair (2i, 2i + 1) is turned at step t by
 * t / 10000^(2i / D); the columns behind stay. Inputs: x f32 [T, B, F], waves f32 [T, D] (`sinusoid`: sines and cosines side by
 * side). Attributes: columns, a multiple of D; back: turned the other way, as its gradient is. Output: y [T, B, F].
 */
export const rotary = defineOp({
  name: 'rotary',
  infer(inputs, attributes) {
    const x = floatInput('rotary', inputs, 0, 3)
    const waves = floatInput('rotary', inputs, 1, 2)
    sameDims('rotary', 'waves', waves.slice(0, 1), [dimAt('rotary', x, 0)])
    const [features, depth] = [fixedDim('rotary', x, 2), fixedDim('rotary', waves, 1)]
    const { columns } = turnOf(attributes)
    invariant(depth % 2 === 0 && columns % depth === 0 && columns <= features, `rotary: ${columns} columns of ${depth}`)
    return [f32(...x)]
  },
  gradient({ inputs, dOutputs, attributes, emit }) {
    const dy = present(dOutputs[0], 'rotary: gradient without dy')
    const back = !turnOf(attributes).back
    return [emit('rotary', [dy, inputs[1] ?? null], { ...attributes, back })[0] ?? null, null]
  },
  inPlace: [{ output: 0, input: 0 }],
})

export function turnOf(attributes: Attributes): { columns: number; back: boolean } {
  return {
    columns: numberAttribute('rotary', attributes, 'columns'),
    back: flagAttribute('rotary', attributes, 'back'),
  }
}
