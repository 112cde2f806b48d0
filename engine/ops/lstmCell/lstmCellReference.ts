import { sigmoid } from '../activation/activationReference'
import type { KernelFactory } from '../kernel'
import { inputMatrix, outputMatrix } from '../kernelViews'

export const lstmCellReference: KernelFactory = (call) => {
  const [sums, c] = [inputMatrix(call, 0), inputMatrix(call, 1)]
  const [h, next, gates] = [outputMatrix(call, 0), outputMatrix(call, 1), outputMatrix(call, 2)]
  const width = c.columns
  return () => {
    for (let row = 0; row < c.rows; row++) {
      for (let unit = 0; unit < width; unit++) {
        const i = sigmoid(sums.at(row, unit))
        const f = sigmoid(sums.at(row, width + unit))
        const g = Math.tanh(sums.at(row, 2 * width + unit))
        const o = sigmoid(sums.at(row, 3 * width + unit))
        for (const [block, gate] of [i, f, g, o].entries()) gates.set(row, block * width + unit, gate)
        const memory = f * c.at(row, unit) + i * g
        next.set(row, unit, memory)
        h.set(row, unit, o * Math.tanh(memory))
      }
    }
  }
}

export const lstmCellGradientReference: KernelFactory = (call) => {
  const [gates, c, next] = [inputMatrix(call, 0), inputMatrix(call, 1), inputMatrix(call, 2)]
  const dh = call.inputs[3] ? inputMatrix(call, 3) : null
  const dNext = call.inputs[4] ? inputMatrix(call, 4) : null
  const [dSums, dc] = [outputMatrix(call, 0), outputMatrix(call, 1)]
  const width = c.columns
  return () => {
    for (let row = 0; row < c.rows; row++) {
      for (let unit = 0; unit < width; unit++) {
        const gate = (block: number) => gates.at(row, block * width + unit)
        const [i, f, g, o] = [gate(0), gate(1), gate(2), gate(3)]
        const shown = Math.tanh(next.at(row, unit))
        const dShown = dh?.at(row, unit) ?? 0
        const dMemory = dShown * o * (1 - shown * shown) + (dNext?.at(row, unit) ?? 0)
        dSums.set(row, unit, dMemory * g * i * (1 - i))
        dSums.set(row, width + unit, dMemory * c.at(row, unit) * f * (1 - f))
        dSums.set(row, 2 * width + unit, dMemory * i * (1 - g * g))
        dSums.set(row, 3 * width + unit, dShown * shown * o * (1 - o))
        dc.set(row, unit, dMemory * f)
      }
    }
  }
}
