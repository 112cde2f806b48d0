import { sigmoid } from '../activation/activationReference'
import type { KernelFactory } from '../kernel'
import { inputMatrix, outputMatrix } from '../kernelViews'

export const gruCellReference: KernelFactory = (call) => {
  const [fromInput, fromState, h] = [inputMatrix(call, 0), inputMatrix(call, 1), inputMatrix(call, 2)]
  const [next, gates] = [outputMatrix(call, 0), outputMatrix(call, 1)]
  const width = h.columns
  return () => {
    for (let row = 0; row < h.rows; row++) {
      for (let unit = 0; unit < width; unit++) {
        const sum = (block: number) => fromInput.at(row, block * width + unit) + fromState.at(row, block * width + unit)
        const r = sigmoid(sum(0))
        const z = sigmoid(sum(1))
        const column = 2 * width + unit
        const n = Math.tanh(fromInput.at(row, column) + r * fromState.at(row, column))
        gates.set(row, unit, r)
        gates.set(row, width + unit, z)
        gates.set(row, column, n)
        next.set(row, unit, (1 - z) * n + z * h.at(row, unit))
      }
    }
  }
}

export const gruCellGradientReference: KernelFactory = (call) => {
  const [gates, fromState] = [inputMatrix(call, 0), inputMatrix(call, 1)]
  const [h, dNext] = [inputMatrix(call, 2), inputMatrix(call, 3)]
  const [dFromInput, dFromState, dH] = [outputMatrix(call, 0), outputMatrix(call, 1), outputMatrix(call, 2)]
  const width = h.columns
  return () => {
    for (let row = 0; row < h.rows; row++) {
      for (let unit = 0; unit < width; unit++) {
        const column = 2 * width + unit
        const [r, z, n] = [gates.at(row, unit), gates.at(row, width + unit), gates.at(row, column)]
        const d = dNext.at(row, unit)
        const dn = d * (1 - z) * (1 - n * n)
        const dr = dn * fromState.at(row, column) * r * (1 - r)
        const dz = d * (h.at(row, unit) - n) * z * (1 - z)
        for (const [place, slope] of [
          [unit, dr],
          [width + unit, dz],
        ] as const) {
          dFromInput.set(row, place, slope)
          dFromState.set(row, place, slope)
        }
        dFromInput.set(row, column, dn)
        dFromState.set(row, column, dn * r)
        dH.set(row, unit, d * z)
      }
    }
  }
}
