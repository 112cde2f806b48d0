import type { KernelFactory } from '../kernel'
import { inputFloats, outputFloats } from '../kernelViews'
import { normalDensity, normalDistribution } from './normal'

export const geluReference: KernelFactory = (call) => {
  const x = inputFloats(call, 0)
  const y = outputFloats(call, 0)
  return () => {
    for (let index = 0; index < y.size; index++) y.set(index, x.at(index) * normalDistribution(x.at(index)))
  }
}

export const geluGradientReference: KernelFactory = (call) => {
  const x = inputFloats(call, 0)
  const dy = inputFloats(call, 1)
  const dx = outputFloats(call, 0)
  return () => {
    for (let index = 0; index < dx.size; index++) {
      const at = x.at(index)
      dx.set(index, dy.at(index) * (normalDistribution(at) + at * normalDensity(at)))
    }
  }
}
