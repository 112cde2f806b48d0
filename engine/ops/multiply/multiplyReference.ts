import type { KernelFactory } from '../kernel'
import { inputFloats, outputFloats } from '../kernelViews'

export const multiplyReference: KernelFactory = (call) => {
  const a = inputFloats(call, 0)
  const b = inputFloats(call, 1)
  const y = outputFloats(call, 0)
  return () => {
    for (let index = 0; index < y.size; index++) y.set(index, a.at(index) * b.at(index))
  }
}
