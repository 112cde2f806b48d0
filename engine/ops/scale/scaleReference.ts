import type { KernelFactory } from '../kernel'
import { inputFloats, outputFloats } from '../kernelViews'
import { scaleFactor } from './scale'

export const scaleReference: KernelFactory = (call) => {
  const x = inputFloats(call, 0)
  const y = outputFloats(call, 0)
  const factor = scaleFactor(call.attributes)
  return () => {
    for (let index = 0; index < y.size; index++) y.set(index, x.at(index) * factor)
  }
}
