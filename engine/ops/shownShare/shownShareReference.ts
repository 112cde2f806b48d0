import type { KernelFactory } from '../kernel'
import { inputFloats, outputFloats } from '../kernelViews'
import { shareAt } from './shownShare'

/** One number a step: all backends use this kernel. */
export const shownShareReference: KernelFactory = (call) => {
  const progress = inputFloats(call, 0)
  const share = outputFloats(call, 0)
  const { attributes } = call
  return () => {
    share.set(0, shareAt(attributes, progress.at(0)))
  }
}
