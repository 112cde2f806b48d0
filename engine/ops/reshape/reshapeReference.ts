import type { KernelFactory } from '../kernel'
import { inputSpan, outputSpan } from '../kernelViews'

/** One copy of a weight: as fast as any kernel. */
export const reshapeReference: KernelFactory = (call) => {
  const { f } = call.memory
  const [from, to] = [inputSpan(call, 0), outputSpan(call, 0)]
  return () => {
    f.copyWithin(to.offset, from.offset, from.offset + from.size)
  }
}
