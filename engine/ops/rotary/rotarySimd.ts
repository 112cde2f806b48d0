import { inputAddress, kernelFunction, outputAddress, type SimdKernel } from '../callSimd'
import { dimOf, inputSpan } from '../kernelViews'
import { turnOf } from './rotary'

export const rotarySimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'rotary')
  return (call) => {
    const [x, waves, y] = [inputAddress(call, 0), inputAddress(call, 1), outputAddress(call, 0)]
    const span = inputSpan(call, 0)
    const [time, batch, features] = [dimOf(span, 0), dimOf(span, 1), dimOf(span, 2)]
    const depth = dimOf(inputSpan(call, 1), 1)
    const { columns, back } = turnOf(call.attributes)
    return () => {
      run(x, waves, y, time, batch, features, columns, depth, back ? 1 : 0)
    }
  }
}
