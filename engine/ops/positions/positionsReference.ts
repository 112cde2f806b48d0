import type { KernelFactory } from '../kernel'
import { dimOf, inputMatrix, inputSpan, outputMatrix, outputSpan } from '../kernelViews'
import { checkPositions } from './positions'

/** The table is made when the kernel is bound and copied at every step; it is the same in every build. */
export const sinusoidReference: KernelFactory = (call) => {
  const { offset, dims, size } = outputSpan(call, 0)
  const features = dims[1] ?? 0
  const table = new Float64Array(size)
  for (let index = 0; index < size; index++) {
    const [step, column] = [Math.floor(index / features), index % features]
    const angle = step / 10000 ** ((column - (column % 2)) / features)
    table[index] = column % 2 === 0 ? Math.sin(angle) : Math.cos(angle)
  }
  const { memory } = call
  const rounded = memory.f instanceof Float32Array ? Float32Array.from(table) : table
  return () => memory.f.set(rounded, offset)
}

export const addPositionsReference: KernelFactory = (call) => {
  const x = inputMatrix(call, 0) // [T·B, F]
  const table = inputMatrix(call, 1) // [P, F]
  const y = outputMatrix(call, 0) // [T·B, F]
  const [time, batch] = [dimOf(inputSpan(call, 0), 0), dimOf(inputSpan(call, 0), 1)]
  checkPositions(time, table.rows)
  return () => {
    for (let row = 0; row < y.rows; row++) {
      const step = Math.floor(row / batch)
      for (let column = 0; column < y.columns; column++) y.set(row, column, x.at(row, column) + table.at(step, column))
    }
  }
}

export const addPositionsGradientReference: KernelFactory = (call) => {
  const dy = inputMatrix(call, 0) // [T·B, F]
  const dTable = outputMatrix(call, 0) // [P, F]
  const [time, batch] = [dimOf(inputSpan(call, 0), 0), dimOf(inputSpan(call, 0), 1)]
  checkPositions(time, dTable.rows)
  return () => {
    for (let step = 0; step < dTable.rows; step++) {
      for (let column = 0; column < dTable.columns; column++) {
        let sum = 0
        if (step < time) for (let row = 0; row < batch; row++) sum += dy.at(step * batch + row, column)
        dTable.set(step, column, sum)
      }
    }
  }
}
