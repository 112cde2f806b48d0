import { sigmoid } from '../activation/activationReference'
import type { KernelFactory } from '../kernel'
import { inputMatrix, Matrix, outputMatrix } from '../kernelViews'
import { multiply } from '../product/productReference'
import { bindBackward, bindForward, eachStepBackward, stepAt, timeSteps } from '../recurrent/recurrentReference'

export const lstmReference: KernelFactory = (call) => {
  const { sizes, lengths, biasIh, biasHh, recurrentWeight, y, projectInputs } = bindForward(call)
  const { batch, hidden } = sizes
  const gates = outputMatrix(call, 1) // [T·B, 4H], first the products with x, then activated
  const gateSteps = timeSteps(gates, sizes)
  const cells = timeSteps(outputMatrix(call, 2), sizes) // [B, H] each

  function advance(t: number, row: number, states: Matrix): void {
    const step = stepAt(gateSteps, t)
    const cellStep = stepAt(cells, t)
    const valid = t < lengths.at(row)
    const before = cells[t - 1]
    for (let unit = 0; unit < hidden; unit++) {
      const cellBefore = before?.at(row, unit) ?? 0
      const sum = (block: number) => {
        const column = block * hidden + unit
        return step.at(row, column) + biasIh.at(column) + biasHh.at(column)
      }
      const [i, f, g, o] = valid ? [sigmoid(sum(0)), sigmoid(sum(1)), Math.tanh(sum(2)), sigmoid(sum(3))] : [0, 0, 0, 0]
      const cell = valid ? f * cellBefore + i * g : cellBefore
      for (const [block, value] of [i, f, g, o].entries()) step.set(row, block * hidden + unit, value)
      cellStep.set(row, unit, cell)
      states.set(row, unit, o * Math.tanh(cell))
    }
  }

  return () => {
    projectInputs(gates)
    for (const [t, states] of y.entries()) {
      const before = y[t - 1]
      if (before) multiply(before, recurrentWeight, stepAt(gateSteps, t), true)
      for (let row = 0; row < batch; row++) advance(t, row, states)
    }
  }
}

export const lstmGradientReference: KernelFactory = (call) => {
  const { sizes, lengths, recurrentWeight, dy, bindRest } = bindBackward(call, 'lstmGradient', 2, 1)
  const { batch, hidden } = sizes
  const gates = timeSteps(inputMatrix(call, 5), sizes) // [B, 4H] each
  const cells = timeSteps(inputMatrix(call, 6), sizes) // [B, H] each
  const dGates = outputMatrix(call, 0) // [T·B, 4H]; may lie over gates
  const dGateSteps = timeSteps(dGates, sizes)
  const dState = Matrix.zeros(batch, hidden) // of y after step t, from the steps behind it
  const dCell = Matrix.zeros(batch, hidden) // of the cell after step t, from the steps behind it
  const finish = bindRest(dGates, [dGates])

  function retreat(t: number, row: number, dyStep: Matrix): void {
    const step = stepAt(gates, t)
    const dStep = stepAt(dGateSteps, t)
    const valid = t < lengths.at(row)
    for (let unit = 0; unit < hidden; unit++) {
      const i = step.at(row, unit)
      const f = step.at(row, hidden + unit)
      const g = step.at(row, 2 * hidden + unit)
      const o = step.at(row, 3 * hidden + unit)
      const cell = Math.tanh(stepAt(cells, t).at(row, unit))
      const cellBefore = cells[t - 1]?.at(row, unit) ?? 0
      const dh = valid ? dyStep.at(row, unit) + dState.at(row, unit) : 0
      const dc = dCell.at(row, unit) + dh * o * (1 - cell * cell)
      dStep.set(row, unit, valid ? dc * g * i * (1 - i) : 0)
      dStep.set(row, hidden + unit, valid ? dc * cellBefore * f * (1 - f) : 0)
      dStep.set(row, 2 * hidden + unit, valid ? dc * i * (1 - g * g) : 0)
      dStep.set(row, 3 * hidden + unit, valid ? dh * cell * o * (1 - o) : 0)
      dCell.set(row, unit, valid ? dc * f : 0)
    }
  }

  return () => {
    dState.fill(0)
    dCell.fill(0)
    eachStepBackward(dy, (dyStep, t) => {
      for (let row = 0; row < batch; row++) retreat(t, row, dyStep)
      multiply(stepAt(dGateSteps, t), recurrentWeight, dState)
    })
    finish()
  }
}
