import { sigmoid } from '../activation/activationReference'
import type { KernelFactory } from '../kernel'
import { inputMatrix, Matrix, outputMatrix } from '../kernelViews'
import { multiply } from '../product/productReference'
import { bindBackward, bindForward, eachStepBackward, stepAt, timeSteps } from '../recurrent/recurrentReference'

export const gruReference: KernelFactory = (call) => {
  const { sizes, lengths, biasIh, biasHh, recurrentWeight, y, projectInputs } = bindForward(call)
  const { batch, hidden } = sizes
  const gates = outputMatrix(call, 1) // [T·B, 3H], first the products with x, then activated
  const gateSteps = timeSteps(gates, sizes)
  const kept = timeSteps(outputMatrix(call, 2), sizes) // W_hn h + b_hn, [B, H] each
  const fromState = Matrix.zeros(batch, 3 * hidden) // W_hh h

  function advance(t: number, row: number, states: Matrix): void {
    const step = stepAt(gateSteps, t)
    const valid = t < lengths.at(row)
    const before = y[t - 1]
    for (let unit = 0; unit < hidden; unit++) {
      const [reset, update, candidate] = [unit, hidden + unit, 2 * hidden + unit]
      const input = (column: number) => step.at(row, column) + biasIh.at(column)
      const state = (column: number) => fromState.at(row, column) + biasHh.at(column)
      const r = valid ? sigmoid(input(reset) + state(reset)) : 0
      const z = valid ? sigmoid(input(update) + state(update)) : 0
      const proposal = valid ? state(candidate) : 0
      const n = valid ? Math.tanh(input(candidate) + r * proposal) : 0
      step.set(row, reset, r)
      step.set(row, update, z)
      step.set(row, candidate, n)
      stepAt(kept, t).set(row, unit, proposal)
      states.set(row, unit, valid ? (1 - z) * n + z * (before?.at(row, unit) ?? 0) : 0)
    }
  }

  return () => {
    projectInputs(gates)
    fromState.fill(0)
    for (const [t, states] of y.entries()) {
      const before = y[t - 1]
      if (before) multiply(before, recurrentWeight, fromState)
      for (let row = 0; row < batch; row++) advance(t, row, states)
    }
  }
}

export const gruGradientReference: KernelFactory = (call) => {
  const { sizes, lengths, recurrentWeight, y, dy, bindRest } = bindBackward(call, 'gruGradient', 2, 2)
  const { batch, hidden } = sizes
  const gates = timeSteps(inputMatrix(call, 5), sizes) // [B, 3H] each
  const kept = timeSteps(inputMatrix(call, 6), sizes) // [B, H] each
  const dGates = outputMatrix(call, 0) // [T·B, 3H]; may lie over gates
  const dHidden = outputMatrix(call, 1) // [T·B, H]; may lie over hidden
  const dResetUpdate = dGates.columnRange(0, 2 * hidden)
  const dGateSteps = timeSteps(dGates, sizes)
  const dResetUpdateSteps = timeSteps(dResetUpdate, sizes)
  const dHiddenSteps = timeSteps(dHidden, sizes)
  const weightResetUpdate = recurrentWeight.rowRange(0, 2 * hidden)
  const weightCandidate = recurrentWeight.rowRange(2 * hidden, hidden)
  const dState = Matrix.zeros(batch, hidden) // of y after step t, from the steps behind it
  const finish = bindRest(dGates, [dResetUpdate, dHidden])

  function retreat(t: number, row: number, dyStep: Matrix): void {
    const step = stepAt(gates, t)
    const dStep = stepAt(dGateSteps, t)
    const valid = t < lengths.at(row)
    for (let unit = 0; unit < hidden; unit++) {
      const r = step.at(row, unit)
      const z = step.at(row, hidden + unit)
      const n = step.at(row, 2 * hidden + unit)
      const before = y[t - 1]?.at(row, unit) ?? 0
      const dh = valid ? dyStep.at(row, unit) + dState.at(row, unit) : 0
      const dn = dh * (1 - z) * (1 - n * n)
      const dr = dn * stepAt(kept, t).at(row, unit) * r * (1 - r)
      dStep.set(row, unit, dr)
      dStep.set(row, hidden + unit, dh * (before - n) * z * (1 - z))
      dStep.set(row, 2 * hidden + unit, dn)
      stepAt(dHiddenSteps, t).set(row, unit, dn * r)
      dState.set(row, unit, dh * z)
    }
  }

  return () => {
    dState.fill(0)
    eachStepBackward(dy, (dyStep, t) => {
      for (let row = 0; row < batch; row++) retreat(t, row, dyStep)
      multiply(stepAt(dResetUpdateSteps, t), weightResetUpdate, dState, true)
      multiply(stepAt(dHiddenSteps, t), weightCandidate, dState, true)
    })
    finish()
  }
}
