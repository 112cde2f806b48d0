import { addressOf, kernelFunction, type SimdKernel } from '../callSimd'
import { dimOf, inputSpan } from '../kernelViews'

export const attendSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'attend')
  return (call) => {
    const parameters = [...[...call.inputs, ...call.outputs].map(addressOf), ...sizesOf(call)]
    return () => {
      run(...parameters)
    }
  }
}

export const attendGradientSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'attendGradient')
  return (call) => {
    const dV = addressOf(call.outputs[3])
    const parameters = [...[...call.inputs, ...call.outputs.slice(0, 3)].map(addressOf), dV, ...sizesOf(call)]
    return () => {
      run(...parameters)
    }
  }
}

/** Time, batch, width of the query, features. */
function sizesOf(call: Parameters<typeof inputSpan>[0]): number[] {
  const [keys, values] = [inputSpan(call, 1), inputSpan(call, 2)]
  return [dimOf(keys, 0), dimOf(keys, 1), dimOf(keys, 2), dimOf(values, 2)]
}
