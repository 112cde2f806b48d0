import { invariant } from '../../base/invariant'
import type { Attributes } from '../../ir/program'
import { defineOp } from '../defineOp'
import { f32, fixedDim, floatInput, integerInput, numberAttribute, sameDims, textAttribute } from '../valueRules'

/** Reads attribute `blocks` ("0,1,3"), the positions of the wanted gates. */
export function gateBlocks(attributes: Attributes): number[] {
  const gateCount = numberAttribute('gateStatistics', attributes, 'gateCount')
  const blocks = textAttribute('gateStatistics', attributes, 'blocks').split(',').map(Number)
  for (const block of blocks) {
    invariant(Number.isInteger(block) && block >= 0 && block < gateCount, `gateStatistics: no gate ${block}`)
  }
  return blocks
}

/**
 * For each block named by attribute `blocks` ("0,1,3") of gates [T, B, gateCount·H]: [n, 4] = number of activations in valid steps,
 * their sum, how many are below 0.1, how many above 0.9. Inputs: gates, lengths i32 [B]. For telemetry; not differentiable.
 */
export const gateStatistics = defineOp({
  name: 'gateStatistics',
  infer(inputs, attributes) {
    const gates = floatInput('gateStatistics', inputs, 0, 3)
    sameDims('gateStatistics', 'lengths', integerInput('gateStatistics', inputs, 1, 1), gates.slice(1, 2))
    const gateCount = numberAttribute('gateStatistics', attributes, 'gateCount')
    invariant(
      fixedDim('gateStatistics', gates, 2) % gateCount === 0,
      'gateStatistics: gates must be gateCount · H wide',
    )
    return [f32(gateBlocks(attributes).length, 4)]
  },
})
