import type { KernelFactory } from '../kernel'
import { outputFloats } from '../kernelViews'
import { textAttribute } from '../valueRules'
import { constantValues } from './constant'

export const constantReference: KernelFactory = (call) => {
  const y = outputFloats(call, 0)
  const values = constantValues(textAttribute('constant', call.attributes, 'values'))
  return () => {
    for (let index = 0; index < y.size; index++) y.set(index, values[index] ?? Number.NaN)
  }
}
