import { inputAddress, kernelFunction, outputAddress, type SimdKernel } from '../callSimd'
import { dimOf, inputSpan, outputSpan } from '../kernelViews'
import { checkPositions } from './positions'

export const addPositionsSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'addPositions')
  return (call) => {
    const [x, table, y] = [inputAddress(call, 0), inputAddress(call, 1), outputAddress(call, 0)]
    const span = inputSpan(call, 0)
    const [time, batch, features] = [dimOf(span, 0), dimOf(span, 1), dimOf(span, 2)]
    checkPositions(time, dimOf(inputSpan(call, 1), 0))
    return () => {
      run(x, table, y, time, batch, features)
    }
  }
}

export const addPositionsGradientSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'addPositionsGradient')
  return (call) => {
    const [dy, dTable] = [inputAddress(call, 0), outputAddress(call, 0)]
    const span = inputSpan(call, 0)
    const [time, batch, features] = [dimOf(span, 0), dimOf(span, 1), dimOf(span, 2)]
    const positions = dimOf(outputSpan(call, 0), 0)
    checkPositions(time, positions)
    return () => {
      run(dy, dTable, positions, time, batch, features)
    }
  }
}
