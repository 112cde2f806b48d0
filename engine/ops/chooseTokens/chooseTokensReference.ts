import { dropThreshold, maskKeys, randomBits } from '../dropout/mask'
import type { KernelFactory } from '../kernel'
import { inputFloats, inputIntegers, inputMatrix, outputSpan } from '../kernelViews'
import { numberAttribute } from '../valueRules'

export const largestReference: KernelFactory = (call) => {
  const scores = inputMatrix(call, 0)
  const { offset } = outputSpan(call, 0)
  const tokens = call.memory.i
  return () => {
    for (let row = 0; row < scores.rows; row++) {
      let best = 0
      for (let column = 1; column < scores.columns; column++) {
        if (scores.at(row, column) > scores.at(row, best)) best = column
      }
      tokens[offset + row] = best
    }
  }
}

export const chooseTokensReference: KernelFactory = (call) => {
  const [right, own] = [inputIntegers(call, 0), inputIntegers(call, 1)]
  const [seed, step] = [inputIntegers(call, 2), inputIntegers(call, 3)]
  const { offset, size: rows } = outputSpan(call, 0)
  const tokens = call.memory.i
  const share = inputFloats(call, 4)
  const stream = numberAttribute('chooseTokens', call.attributes, 'stream')
  return () => {
    const keys = maskKeys(seed.at(0), seed.at(1), stream)
    const threshold = dropThreshold(share.at(0))
    const t = step.at(0)
    for (let row = 0; row < rows; row++) {
      const isRight = t === 0 || randomBits(keys, t * rows + row) < threshold
      tokens[offset + row] = isRight ? right.at(row) : own.at(row)
    }
  }
}
