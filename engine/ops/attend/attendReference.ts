import type { KernelCall, KernelFactory } from '../kernel'
import { inputFloats, inputIntegers, inputMatrix, type Matrix, outputFloats, outputMatrix } from '../kernelViews'

/** Inputs as both directions read them: query [B, A], keys [T·B, A], values [T·B, E], v [A] or null, lengths [B]. */
function bindInputs(call: KernelCall) {
  return {
    query: inputMatrix(call, 0),
    keys: inputMatrix(call, 1),
    values: inputMatrix(call, 2),
    v: call.inputs[3] ? inputFloats(call, 3) : null,
    lengths: inputIntegers(call, 4),
  }
}

export const attendReference: KernelFactory = (call) => {
  const { query, keys, values, v, lengths } = bindInputs(call)
  const y = outputMatrix(call, 0)
  const weights = outputFloats(call, 1) // [T·B]
  const batch = query.rows
  const score = (row: number, cell: number): number => {
    let sum = 0
    for (let unit = 0; unit < query.columns; unit++) {
      const [asked, offered] = [query.at(row, unit), keys.at(cell, unit)]
      sum += v ? v.at(unit) * Math.tanh(asked + offered) : asked * offered
    }
    return sum
  }
  return () => {
    weights.fill(0)
    y.fill(0)
    for (let row = 0; row < batch; row++) {
      const length = lengths.at(row)
      let most = Number.NEGATIVE_INFINITY
      for (let t = 0; t < length; t++) {
        const cell = t * batch + row
        weights.set(cell, score(row, cell))
        most = Math.max(most, weights.at(cell))
      }
      let sum = 0
      for (let t = 0; t < length; t++) sum += Math.exp(weights.at(t * batch + row) - most)
      for (let t = 0; t < length; t++) {
        const cell = t * batch + row
        weights.set(cell, Math.exp(weights.at(cell) - most) / sum)
      }
      for (let column = 0; column < y.columns; column++) {
        let blend = 0
        for (let t = 0; t < length; t++) blend += weights.at(t * batch + row) * values.at(t * batch + row, column)
        y.set(row, column, blend)
      }
    }
  }
}

export const attendGradientReference: KernelFactory = (call) => {
  const { query, keys, values, v, lengths } = bindInputs(call)
  const weights = inputFloats(call, 5)
  const dy = inputMatrix(call, 6)
  const [dQuery, dKeys, dValues] = [outputMatrix(call, 0), outputMatrix(call, 1), outputMatrix(call, 2)]
  const dV = v ? outputFloats(call, 3) : null
  const batch = query.rows
  const slope = (row: number, cell: number): number => {
    let sum = 0
    for (let column = 0; column < dy.columns; column++) sum += dy.at(row, column) * values.at(cell, column)
    return sum
  }
  const addTo = (matrix: Matrix, row: number, column: number, value: number): void =>
    matrix.set(row, column, matrix.at(row, column) + value)
  return () => {
    for (const matrix of [dQuery, dKeys, dValues]) matrix.fill(0)
    dV?.fill(0)
    for (let row = 0; row < batch; row++) {
      const length = lengths.at(row)
      let mean = 0
      for (let t = 0; t < length; t++) mean += weights.at(t * batch + row) * slope(row, t * batch + row)
      for (let t = 0; t < length; t++) {
        const cell = t * batch + row
        const dScore = weights.at(cell) * (slope(row, cell) - mean)
        for (let column = 0; column < dy.columns; column++) {
          dValues.set(cell, column, weights.at(cell) * dy.at(row, column))
        }
        for (let unit = 0; unit < query.columns; unit++) {
          const [asked, offered] = [query.at(row, unit), keys.at(cell, unit)]
          if (v && dV) {
            const bent = Math.tanh(asked + offered)
            const dSum = dScore * v.at(unit) * (1 - bent * bent)
            dV.set(unit, dV.at(unit) + dScore * bent)
            addTo(dQuery, row, unit, dSum)
            dKeys.set(cell, unit, dSum)
          } else {
            addTo(dQuery, row, unit, dScore * offered)
            dKeys.set(cell, unit, dScore * asked)
          }
        }
      }
    }
  }
}
