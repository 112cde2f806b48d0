import { inputAddress, kernelFunction, outputAddress, type SimdKernel } from './callSimd'
import { dimOf, inputSpan, outputSpan } from './kernelViews'

/** Binds a kernel from x [T, B, F] and lengths to y [B, F]: exported(x, lengths, y, batch, features). */
export const overTimeSimd =
  (name: string): SimdKernel =>
  (exports) => {
    const run = kernelFunction(exports, name)
    return (call) => {
      const [x, lengths, y] = [inputAddress(call, 0), inputAddress(call, 1), outputAddress(call, 0)]
      const [batch, features] = [dimOf(inputSpan(call, 0), 1), dimOf(inputSpan(call, 0), 2)]
      return () => {
        run(x, lengths, y, batch, features)
      }
    }
  }

/** Binds its gradient, from dy [B, F] and what says the steps (lengths, or those chosen) to dx [T, B, F]. */
export const overTimeGradientSimd =
  (name: string): SimdKernel =>
  (exports) => {
    const run = kernelFunction(exports, name)
    return (call) => {
      const [dy, steps, dx] = [inputAddress(call, 0), inputAddress(call, 1), outputAddress(call, 0)]
      const span = outputSpan(call, 0)
      const [time, batch, features] = [dimOf(span, 0), dimOf(span, 1), dimOf(span, 2)]
      return () => {
        run(dy, steps, dx, time, batch, features)
      }
    }
  }
