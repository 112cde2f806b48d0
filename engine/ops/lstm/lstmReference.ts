import { sigmoid } from '../activation/activationReference'
import type { KernelFactory } from '../kernel'
import { type Floats, Matrix } from '../kernelViews'
import { multiply } from '../product/productReference'
import type { CallField } from '../recurrent/recurrentCall'
import {
  bindBackward,
  bindForward,
  copyMatrix,
  forwardTensors,
  type RecurrentBackward,
} from '../recurrent/recurrentReference'
import type { RecurrentKind } from '../recurrent/recurrentSlots'
import { type RecurrentTensors, stepAt, timeSteps } from '../recurrent/tensorsReference'
import { coupledLstmKind, lstmKind } from './lstm'

/** Diagonal weights [H] by gate, those that there are. */
interface Peepholes {
  i: Floats | null
  f: Floats | null
  o: Floats | null
}

/** Which block of the gates holds what; f null: it is 1 − i. */
interface Blocks {
  i: number
  f: number | null
  g: number
  o: number
}

const OWN: Blocks = { i: 0, f: 1, g: 2, o: 3 }
const COUPLED: Blocks = { i: 0, f: null, g: 1, o: 2 }

export const lstmReference = forwardReference(lstmKind, OWN)
export const lstmGradientReference = backwardReference(lstmKind, OWN)
export const coupledLstmReference = forwardReference(coupledLstmKind, COUPLED)
export const coupledLstmGradientReference = backwardReference(coupledLstmKind, COUPLED)

function forwardReference(kind: RecurrentKind, blocks: Blocks): KernelFactory {
  return (call) => bindForwardKernel(forwardTensors(kind, call), blocks)
}

function backwardReference(kind: RecurrentKind, blocks: Blocks): KernelFactory {
  return (call) => bindBackwardKernel(bindBackward(kind, call), blocks)
}

function bindForwardKernel(tensors: RecurrentTensors, blocks: Blocks): () => void {
  const { time, batch, hidden } = tensors.sizes
  const { biasIh, biasHh, y, stateMet, projectInputs, meet, keepLastStates } = bindForward(tensors)
  const gates = tensors.matrix('gates') // [T·B, 4H], first the products with x, then activated
  const gateSteps = timeSteps(gates, tensors.sizes)
  const fromState = Matrix.zeros(batch, gates.columns)
  const cells = tensors.steps('kept') // [B, H] each
  const initialMemory = tensors.optional('initialMemory')
  const finalMemory = tensors.optional('finalMemory')
  const peepholes = peepholesOf(tensors)
  const raw = tensors.has('raw') ? tensors.steps('raw') : null // [B, H] each
  const projection = tensors.optional('weightHr')?.transposed() // [H, P]

  /** `given`: what the cells give, y unless it is projected. */
  function advance(t: number, row: number, given: Matrix): void {
    const step = stepAt(gateSteps, t)
    const valid = t <= tensors.lastOf(row)
    const before = cells[t - 1] ?? initialMemory
    for (let unit = 0; unit < hidden; unit++) {
      const cellBefore = before?.at(row, unit) ?? 0
      const sum = (block: number) => {
        const column = block * hidden + unit
        return step.at(row, column) + fromState.at(row, column) + biasIh.at(column) + biasHh.at(column)
      }
      const open = (block: number, weight: Floats | null, cell: number) =>
        valid ? sigmoid(sum(block) + (weight ? weight.at(unit) * cell : 0)) : 0
      const i = open(blocks.i, peepholes.i, cellBefore)
      const f = blocks.f === null ? 1 - i : open(blocks.f, peepholes.f, cellBefore)
      const g = valid ? Math.tanh(sum(blocks.g)) : 0
      const cell = valid ? f * cellBefore + i * g : cellBefore
      const o = open(blocks.o, peepholes.o, cell)
      step.set(row, blocks.i * hidden + unit, i)
      if (blocks.f !== null) step.set(row, blocks.f * hidden + unit, f)
      step.set(row, blocks.g * hidden + unit, g)
      step.set(row, blocks.o * hidden + unit, o)
      stepAt(cells, t).set(row, unit, cell)
      given.set(row, unit, o * Math.tanh(cell))
    }
  }

  return () => {
    projectInputs(gates)
    for (const [t, states] of y.entries()) {
      meet(t, 0, stateMet(t), fromState)
      const given = raw?.[t] ?? states
      for (let row = 0; row < batch; row++) advance(t, row, given)
      if (projection) multiply(given, projection, states)
    }
    keepLastStates()
    if (finalMemory) copyMatrix(stepAt(cells, time - 1), finalMemory)
  }
}

function bindBackwardKernel(backward: RecurrentBackward, blocks: Blocks): () => void {
  const { tensors, sizes, addThroughMask, meetBack, dyAt, walkBack, bindRest } = backward
  const { batch, hidden, state } = sizes
  const gates = tensors.steps('gates') // [B, 4H] each
  const cells = tensors.steps('kept') // [B, H] each
  const initialMemory = tensors.optional('initialMemory')
  const dFinalMemory = tensors.optional('dFinalMemory')
  const dInitialMemory = tensors.optional('dInitialMemory')
  const peepholes = peepholesOf(tensors)
  const dGates = tensors.matrix('dGates') // [T·B, 4H]; may lie over gates
  const dGateSteps = timeSteps(dGates, sizes)
  const dState = Matrix.zeros(batch, state) // of y after step t, from the steps behind it
  const dMet = Matrix.zeros(batch, state)
  const dGiven = Matrix.zeros(batch, hidden) // of what the cells give, y unless it is projected
  const projection = tensors.optional('weightHr') // [P, H]
  const dProjected = tensors.optional('dProjected') // [T·B, P]
  const dProjectedSteps = dProjected ? timeSteps(dProjected, sizes) : []
  const raw = tensors.optional('raw') // [T·B, H]
  const dWeightHr = tensors.optional('dWeightHr')
  const dCell = Matrix.zeros(batch, hidden) // of the cell after step t, from the steps behind it
  const finish = bindRest(dGates, [{ d: dGates }])
  const cellsBefore = (t: number): Matrix | null => cells[t - 1] ?? initialMemory

  function retreat(t: number, row: number): void {
    const step = stepAt(gates, t)
    const dStep = stepAt(dGateSteps, t)
    const valid = t <= tensors.lastOf(row)
    for (let unit = 0; unit < hidden; unit++) {
      const gate = (block: number) => step.at(row, block * hidden + unit)
      const i = gate(blocks.i)
      const f = blocks.f === null ? 1 - i : gate(blocks.f)
      const g = gate(blocks.g)
      const o = gate(blocks.o)
      const squashed = Math.tanh(stepAt(cells, t).at(row, unit))
      const cellBefore = cellsBefore(t)?.at(row, unit) ?? 0
      const dh = dGiven.at(row, unit)
      const dO = dh * squashed * o * (1 - o)
      const dc = dCell.at(row, unit) + dh * o * (1 - squashed * squashed) + dO * (peepholes.o?.at(unit) ?? 0)
      const throughI = blocks.f === null ? g - cellBefore : g
      const dI = dc * throughI * i * (1 - i)
      const dF = dc * cellBefore * f * (1 - f)
      const set = (block: number, value: number) => dStep.set(row, block * hidden + unit, valid ? value : 0)
      set(blocks.i, dI)
      if (blocks.f !== null) set(blocks.f, dF)
      set(blocks.g, dc * i * (1 - g * g))
      set(blocks.o, dO)
      if (!valid) continue
      const seen = dI * (peepholes.i?.at(unit) ?? 0) + dF * (peepholes.f?.at(unit) ?? 0)
      dCell.set(row, unit, dc * f + seen)
    }
  }

  /** The gradient of y, from outside and from the steps behind, back to what the cells gave. */
  function gatherGiven(t: number): void {
    const target = dProjectedSteps[t] ?? dGiven
    for (let row = 0; row < batch; row++) {
      const valid = t <= tensors.lastOf(row)
      for (let unit = 0; unit < state; unit++) {
        target.set(row, unit, valid ? dyAt(t, row, unit) + dState.at(row, unit) : 0)
      }
    }
    if (projection) multiply(target, projection, dGiven)
  }

  return () => {
    if (dFinalMemory) copyMatrix(dFinalMemory, dCell)
    else dCell.fill(0)
    walkBack(dState, (t) => {
      gatherGiven(t)
      for (let row = 0; row < batch; row++) retreat(t, row)
      dMet.fill(0)
      meetBack(t, 0, stepAt(dGateSteps, t), dMet)
      dState.fill(0)
      addThroughMask(dMet, dState)
    })
    if (dInitialMemory) copyMatrix(dCell, dInitialMemory)
    finish()
    if (raw && dProjected && dWeightHr) multiply(dProjected.transposed(), raw, dWeightHr)
    peepholeGradient(blocks.i, cellsBefore, floatsOf(tensors, 'dPeepholeI'))
    peepholeGradient(blocks.f, cellsBefore, floatsOf(tensors, 'dPeepholeF'))
    peepholeGradient(blocks.o, (t) => stepAt(cells, t), floatsOf(tensors, 'dPeepholeO'))
  }

  /** Sum over all rows of the gate's gradient times the cell that its peephole saw. */
  function peepholeGradient(block: number | null, seen: (t: number) => Matrix | null, target: Floats | null): void {
    if (block === null || target === null) return
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

function peepholesOf(tensors: RecurrentTensors): Peepholes {
  return {
    i: floatsOf(tensors, 'peepholeI'),
    f: floatsOf(tensors, 'peepholeF'),
    o: floatsOf(tensors, 'peepholeO'),
  }
}

function floatsOf(tensors: RecurrentTensors, field: CallField): Floats | null {
  return tensors.has(field) ? tensors.floats(field) : null
}
