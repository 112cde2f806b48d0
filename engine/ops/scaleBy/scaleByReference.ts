import type { KernelFactory } from '../kernel'
import { inputFloats, outputFloats } from '../kernelViews'

export const scaleByReference: KernelFactory = (call) => {
  const x = inputFloats(call, 0)
  const factor = inputFloats(call, 1)
  const y = outputFloats(call, 0)
  return () => {
    for (let index = 0; index < y.size; index++) y.set(index, x.at(index) * factor.at(0))
  }
}
