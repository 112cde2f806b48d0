import { inputAddress, kernelFunction, outputAddress, type SimdKernel } from '../callSimd'
import { outputSpan } from '../kernelViews'
import { type ActivationKind, activationKind } from './activation'

/** The numbers of activation.as.ts. */
export const ACTIVATION_NUMBERS: Readonly<Record<ActivationKind, number>> = { tanh: 0, relu: 1, sigmoid: 2 }

export const activationSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'activation')
  return (call) => {
    const kind = ACTIVATION_NUMBERS[activationKind(call.attributes)]
    const [x, y] = [inputAddress(call, 0), outputAddress(call, 0)]
    const { size } = outputSpan(call, 0)
    return () => {
      run(kind, x, y, size)
    }
  }
}

export const activationGradientSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'activationGradient')
  return (call) => {
    const kind = ACTIVATION_NUMBERS[activationKind(call.attributes)]
    const [y, dy, dx] = [inputAddress(call, 0), inputAddress(call, 1), outputAddress(call, 0)]
    const { size } = outputSpan(call, 0)
    return () => {
      run(kind, y, dy, dx, size)
    }
  }
}
