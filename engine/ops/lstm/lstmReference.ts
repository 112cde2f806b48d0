import { sigmoid } from '../activation/activationReference'
import type { KernelFactory } from '../kernel'
import { type Floats, Matrix } from '../kernelViews'
import { multiply } from '../product/productReference'
import {
  bindBackward,
  bindForward,
  copyMatrix,
  forwardTensors,
  type RecurrentTensors,
  stepAt,
  timeSteps,
} from '../recurrent/recurrentReference'
import { lstmKind } from './lstm'

/** Diagonal weights [H] by gate; null for the plain layer. */
interface Peepholes {
  i: Floats
  f: Floats
  o: Floats
}

export const lstmReference: KernelFactory = (call) => {
  const tensors = forwardTensors(lstmKind, call)
  const { time, batch, hidden } = tensors.sizes
  const { biasIh, biasHh, recurrentWeight, y, stateBefore, projectInputs, keepLastStates } = bindForward(tensors)
  const gates = tensors.matrix('gates') // [T·B, 4H], first the products with x, then activated
  const gateSteps = timeSteps(gates, tensors.sizes)
  const cells = tensors.steps('kept') // [B, H] each
  const initialMemory = tensors.optional('initialMemory')
  const finalMemory = tensors.optional('finalMemory')
  const peepholes = peepholesOf(tensors)

  function advance(t: number, row: number, states: Matrix): void {
    const step = stepAt(gateSteps, t)
    const valid = t <= tensors.lastOf(row)
    const before = cells[t - 1] ?? initialMemory
    for (let unit = 0; unit < hidden; unit++) {
      const cellBefore = before?.at(row, unit) ?? 0
      const sum = (block: number) => {
        const column = block * hidden + unit
        return step.at(row, column) + biasIh.at(column) + biasHh.at(column)
      }
      const seen = (weight: Floats | undefined, cell: number) => (weight ? weight.at(unit) * cell : 0)
      const i = valid ? sigmoid(sum(0) + seen(peepholes?.i, cellBefore)) : 0
      const f = valid ? sigmoid(sum(1) + seen(peepholes?.f, cellBefore)) : 0
      const g = valid ? Math.tanh(sum(2)) : 0
      const cell = valid ? f * cellBefore + i * g : cellBefore
      const o = valid ? sigmoid(sum(3) + seen(peepholes?.o, cell)) : 0
      for (const [block, value] of [i, f, g, o].entries()) step.set(row, block * hidden + unit, value)
      stepAt(cells, t).set(row, unit, cell)
      states.set(row, unit, o * Math.tanh(cell))
    }
  }

  return () => {
    projectInputs(gates)
    for (const [t, states] of y.entries()) {
      const before = stateBefore(t)
      if (before) multiply(before, recurrentWeight, stepAt(gateSteps, t), true)
      for (let row = 0; row < batch; row++) advance(t, row, states)
    }
    keepLastStates()
    if (finalMemory) copyMatrix(stepAt(cells, time - 1), finalMemory)
  }
}

export const lstmGradientReference: KernelFactory = (call) => {
  const { tensors, sizes, recurrentWeight, dyAt, walkBack, bindRest } = bindBackward(lstmKind, call)
  const { batch, hidden } = sizes
  const gates = tensors.steps('gates') // [B, 4H] each
  const cells = tensors.steps('kept') // [B, H] each
  const initialMemory = tensors.optional('initialMemory')
  const dFinalMemory = tensors.optional('dFinalMemory')
  const dInitialMemory = tensors.optional('dInitialMemory')
  const peepholes = peepholesOf(tensors)
  const dGates = tensors.matrix('dGates') // [T·B, 4H]; may lie over gates
  const dGateSteps = timeSteps(dGates, sizes)
  const dState = Matrix.zeros(batch, hidden)
  const dCell = Matrix.zeros(batch, hidden) // of the cell after step t, from the steps behind it
  const finish = bindRest(dGates, [{ d: dGates }])
  const cellsBefore = (t: number): Matrix | null => cells[t - 1] ?? initialMemory

  function retreat(t: number, row: number): void {
    const step = stepAt(gates, t)
    const dStep = stepAt(dGateSteps, t)
    const valid = t <= tensors.lastOf(row)
    for (let unit = 0; unit < hidden; unit++) {
      const i = step.at(row, unit)
      const f = step.at(row, hidden + unit)
      const g = step.at(row, 2 * hidden + unit)
      const o = step.at(row, 3 * hidden + unit)
      const squashed = Math.tanh(stepAt(cells, t).at(row, unit))
      const cellBefore = cellsBefore(t)?.at(row, unit) ?? 0
      const dh = dyAt(t, row, unit) + dState.at(row, unit)
      const dO = dh * squashed * o * (1 - o)
      const dc = dCell.at(row, unit) + dh * o * (1 - squashed * squashed) + dO * (peepholes?.o.at(unit) ?? 0)
      const dI = dc * g * i * (1 - i)
      const dF = dc * cellBefore * f * (1 - f)
      const dG = dc * i * (1 - g * g)
      for (const [block, value] of [dI, dF, dG, dO].entries()) dStep.set(row, block * hidden + unit, valid ? value : 0)
      if (!valid) continue
      const seen = peepholes ? dI * peepholes.i.at(unit) + dF * peepholes.f.at(unit) : 0
      dCell.set(row, unit, dc * f + seen)
    }
  }

  return () => {
    if (dFinalMemory) copyMatrix(dFinalMemory, dCell)
    else dCell.fill(0)
    walkBack(dState, (t) => {
      for (let row = 0; row < batch; row++) retreat(t, row)
      multiply(stepAt(dGateSteps, t), recurrentWeight, dState)
    })
    if (dInitialMemory) copyMatrix(dCell, dInitialMemory)
    finish()
    if (!tensors.has('dPeepholeI')) return
    peepholeGradient(0, (t) => cellsBefore(t), tensors.floats('dPeepholeI'))
    peepholeGradient(1, (t) => cellsBefore(t), tensors.floats('dPeepholeF'))
    peepholeGradient(3, (t) => stepAt(cells, t), tensors.floats('dPeepholeO'))
  }

  /** Sum over all rows of the gate's gradient times the cell that its peephole saw. */
  function peepholeGradient(block: number, seen: (t: number) => Matrix | null, target: Floats): void {
    for (let unit = 0; unit < hidden; unit++) {
      let sum = 0
      for (const [t, dStep] of dGateSteps.entries()) {
        for (let row = 0; row < batch; row++) {
          sum += dStep.at(row, block * hidden + unit) * (seen(t)?.at(row, unit) ?? 0)
        }
      }
      target.set(unit, sum)
    }
  }
}

function peepholesOf(tensors: RecurrentTensors): Peepholes | null {
  if (!tensors.has('peepholeI')) return null
  return { i: tensors.floats('peepholeI'), f: tensors.floats('peepholeF'), o: tensors.floats('peepholeO') }
}
