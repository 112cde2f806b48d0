import type { KernelFactory } from '../kernel'
import { inputFloats, inputIntegers, outputFloats } from '../kernelViews'
import { numberAttribute } from '../valueRules'
import { dropThreshold, keptScale, maskKeys, randomBits } from './mask'

export const dropoutReference: KernelFactory = (call) => {
  const x = inputFloats(call, 0)
  const seed = inputIntegers(call, 1) // [2]
  const y = outputFloats(call, 0)
  const rate = numberAttribute('dropout', call.attributes, 'rate')
  const stream = numberAttribute('dropout', call.attributes, 'stream')
  const threshold = dropThreshold(rate)
  const scale = keptScale(rate)
  return () => {
    const keys = maskKeys(seed.at(0), seed.at(1), stream)
    for (let index = 0; index < y.size; index++) {
      y.set(index, randomBits(keys, index) < threshold ? 0 : x.at(index) * scale)
    }
  }
}
