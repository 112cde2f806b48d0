import { sigmoid } from '../activation/activationReference'
import type { KernelFactory } from '../kernel'
import { Matrix } from '../kernelViews'
import { bindBackward, bindForward, forwardTensors } from '../recurrent/recurrentReference'
import { stepAt, timeSteps } from '../recurrent/tensorsReference'
import { gruKind, gruReset } from './gru'

export const gruReference: KernelFactory = (call) => {
  const resetBefore = gruReset(call.attributes) === 'before'
  const tensors = forwardTensors(gruKind, call)
  const { batch, hidden } = tensors.sizes
  const { biasIh, biasHh, y, stateBefore, stateMet, projectInputs, meet, keepLastStates } = bindForward(tensors)
  const gates = tensors.matrix('gates') // [T·B, 3H], first the products with x, then activated
  const gateSteps = timeSteps(gates, tensors.sizes)
  const kept = tensors.steps('kept') // W_hn h + b_hn, or r ⊙ h; [B, H] each
  const fromState = Matrix.zeros(batch, 3 * hidden) // W_hh h, its last block W_hn (r ⊙ h) when the reset comes before
  const resetUpdate = fromState.columnRange(0, 2 * hidden)
  const candidates = fromState.columnRange(2 * hidden, hidden)

  /** A gate's sum before activation. */
  function sumOf(t: number, row: number, column: number): number {
    const state = fromState.at(row, column) + biasHh.at(column)
    return stepAt(gateSteps, t).at(row, column) + biasIh.at(column) + state
  }

  function openGates(t: number, row: number, met: Matrix | null): void {
    const valid = t <= tensors.lastOf(row)
    for (let unit = 0; unit < hidden; unit++) {
      const r = valid ? sigmoid(sumOf(t, row, unit)) : 0
      stepAt(gateSteps, t).set(row, hidden + unit, valid ? sigmoid(sumOf(t, row, hidden + unit)) : 0)
      stepAt(gateSteps, t).set(row, unit, r)
      const proposal = candidates.at(row, unit) + biasHh.at(2 * hidden + unit)
      const reset = r * (met?.at(row, unit) ?? 0)
      stepAt(kept, t).set(row, unit, valid ? (resetBefore ? reset : proposal) : 0)
    }
  }

  function renew(t: number, row: number, states: Matrix): void {
    const step = stepAt(gateSteps, t)
    const valid = t <= tensors.lastOf(row)
    for (let unit = 0; unit < hidden; unit++) {
      const column = 2 * hidden + unit
      const fromInput = step.at(row, column) + biasIh.at(column)
      const resetAfter = fromInput + step.at(row, unit) * stepAt(kept, t).at(row, unit)
      const n = valid ? Math.tanh(resetBefore ? sumOf(t, row, column) : resetAfter) : 0
      const z = step.at(row, hidden + unit)
      step.set(row, column, n)
      states.set(row, unit, valid ? (1 - z) * n + z * (stateBefore(t)?.at(row, unit) ?? 0) : 0)
    }
  }

  return () => {
    projectInputs(gates)
    for (const [t, states] of y.entries()) {
      const met = stateMet(t)
      meet(t, 0, met, resetUpdate)
      if (!resetBefore) meet(t, 1, met, candidates)
      for (let row = 0; row < batch; row++) openGates(t, row, met)
      if (resetBefore) meet(t, 1, stepAt(kept, t), candidates)
      for (let row = 0; row < batch; row++) renew(t, row, states)
    }
    keepLastStates()
  }
}

export const gruGradientReference: KernelFactory = (call) => {
  const resetBefore = gruReset(call.attributes) === 'before'
  const backward = bindBackward(gruKind, call)
  const { tensors, sizes, stateBefore, stateMet, addThroughMask, meetBack, dyAt, walkBack, bindRest } = backward
  const { batch, hidden } = sizes
  const gates = tensors.steps('gates') // [B, 3H] each
  const kept = tensors.steps('kept') // [B, H] each
  const dGates = tensors.matrix('dGates') // [T·B, 3H]; may lie over gates
  const dKept = tensors.matrix('dKept') // [T·B, H]; may lie over kept
  const dResetUpdate = dGates.columnRange(0, 2 * hidden)
  const dCandidate = dGates.columnRange(2 * hidden, hidden)
  const dGateSteps = timeSteps(dGates, sizes)
  const dResetUpdateSteps = timeSteps(dResetUpdate, sizes)
  const dCandidateSteps = timeSteps(dCandidate, sizes)
  const dKeptSteps = timeSteps(dKept, sizes)
  const dState = Matrix.zeros(batch, hidden)
  const dProduct = Matrix.zeros(batch, hidden) // of r ⊙ h
  const dMet = Matrix.zeros(batch, hidden)
  const toState = resetBefore
    ? [{ d: dResetUpdate }, { d: dCandidate, met: dKept }]
    : [{ d: dResetUpdate }, { d: dKept }]
  const finish = bindRest(dGates, toState)

  /** Gradients of z and n, and, where the reset comes after, of r and of W_hn h + b_hn; dState becomes what z passes on. */
  function retreat(t: number, row: number): void {
    const step = stepAt(gates, t)
    const dStep = stepAt(dGateSteps, t)
    const valid = t <= tensors.lastOf(row)
    for (let unit = 0; unit < hidden; unit++) {
      const r = step.at(row, unit)
      const z = step.at(row, hidden + unit)
      const n = step.at(row, 2 * hidden + unit)
      const before = stateBefore(t)?.at(row, unit) ?? 0
      const dh = valid ? dyAt(t, row, unit) + dState.at(row, unit) : 0
      const dn = dh * (1 - z) * (1 - n * n)
      dState.set(row, unit, dh * z)
      dStep.set(row, hidden + unit, dh * (before - n) * z * (1 - z))
      dStep.set(row, 2 * hidden + unit, dn)
      if (resetBefore) continue
      dStep.set(row, unit, dn * stepAt(kept, t).at(row, unit) * r * (1 - r))
      stepAt(dKeptSteps, t).set(row, unit, dn * r)
    }
  }

  /** Where the reset comes before: the gradient of r, and dMet as far as it goes through r, from the gradient of r ⊙ h. */
  function throughReset(t: number, row: number): void {
    const valid = t <= tensors.lastOf(row)
    for (let unit = 0; unit < hidden; unit++) {
      const r = valid ? stepAt(gates, t).at(row, unit) : 0
      const met = stateMet(t)?.at(row, unit) ?? 0
      const d = dProduct.at(row, unit)
      stepAt(dGateSteps, t).set(row, unit, d * met * r * (1 - r))
      stepAt(dKeptSteps, t).set(row, unit, valid ? r * met : 0)
      dMet.set(row, unit, d * r)
    }
  }

  return () => {
    walkBack(dState, (t) => {
      for (let row = 0; row < batch; row++) retreat(t, row)
      if (resetBefore) {
        dProduct.fill(0)
        meetBack(t, 1, stepAt(dCandidateSteps, t), dProduct)
        for (let row = 0; row < batch; row++) throughReset(t, row)
      } else {
        dMet.fill(0)
        meetBack(t, 1, stepAt(dKeptSteps, t), dMet)
      }
      meetBack(t, 0, stepAt(dResetUpdateSteps, t), dMet)
      addThroughMask(dMet, dState)
    })
    finish()
  }
}
