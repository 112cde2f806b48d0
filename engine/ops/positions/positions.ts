import { invariant, present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { dimAt, f32, fixedDim, floatInput, numberAttribute, sameDims } from '../valueRules'

/**
 * [T, F], no inputs: row t tells the time step in waves of growing length (Vaswani et al. 2017, 3.5): columns 2i and 2i + 1 are sine
 * and cosine of t / 10000^(2i / F). Attribute `features` F.
 */
export const sinusoid = defineOp({
  name: 'sinusoid',
  infer(_, attributes) {
    const features = numberAttribute('sinusoid', attributes, 'features')
    invariant(Number.isInteger(features) && features > 0, `sinusoid: ${features} features`)
    return [f32('T', features)]
  },
})

/** y [T, B, F] = x + row t of table [P, F] at each step t. P is T, or any number that is at least T. */
export const addPositions = defineOp({
  name: 'addPositions',
  infer(inputs) {
    const x = floatInput('addPositions', inputs, 0, 3)
    const table = floatInput('addPositions', inputs, 1, 2)
    sameDims('addPositions', 'features of the table', table.slice(1), x.slice(2))
    return [f32(...x)]
  },
  gradient({ inputs, dOutputs, needed, type, emit }) {
    const dy = present(dOutputs[0], 'addPositions: gradient without dy')
    const table = type(present(inputs[1], 'addPositions: no table')).dims
    if (!needed[1]) return [dy, null]
    const positions = fixedDim('addPositions', table, 0)
    return [dy, emit('addPositionsGradient', [dy], { positions })[0] ?? null]
  },
  inPlace: [{ output: 0, input: 0 }],
})

/** dTable [P, F]: the sum over the examples of dy [T, B, F] at each step, 0 from T on. Attribute `positions` P. */
export const addPositionsGradient = defineOp({
  name: 'addPositionsGradient',
  infer(inputs, attributes) {
    const dy = floatInput('addPositionsGradient', inputs, 0, 3)
    return [f32(numberAttribute('addPositionsGradient', attributes, 'positions'), dimAt('addPositionsGradient', dy, 2))]
  },
})

/** Throws InternalError when the table ends before the sequence: the compiler has refused such data. */
export function checkPositions(time: number, positions: number): void {
  invariant(time <= positions, `addPositions: ${time} time steps, but the table has only ${positions}`)
}
