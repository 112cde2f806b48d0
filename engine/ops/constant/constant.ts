import { invariant } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { f32, textAttribute } from '../valueRules'

/** A few fixed numbers f32 [n], such as the weights of classes. Attribute `values`: the numbers, parted by commas. */
export const constant = defineOp({
  name: 'constant',
  infer: (_, attributes) => [f32(constantValues(textAttribute('constant', attributes, 'values')).length)],
})

export function constantValues(text: string): number[] {
  const values = text.split(',').map(Number)
  invariant(values.every(Number.isFinite), `constant: “${text}” are no numbers`)
  return values
}
