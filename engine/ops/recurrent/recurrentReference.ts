import type { KernelCall } from '../kernel'
import type { Floats, Matrix } from '../kernelViews'
import { bindProductGradients, bindProducts, type ProductGradients, type Products } from './productsReference'
import { backwardSlots, forwardSlots, type RecurrentKind } from './recurrentSlots'
import { type RecurrentSizes, RecurrentTensors, stepAt } from './tensorsReference'

/** What the reference kernels of rnn, lstm and gru share. */

export function forwardTensors(kind: RecurrentKind, call: KernelCall): RecurrentTensors {
  return new RecurrentTensors(call, kind, forwardSlots(kind, call.attributes))
}

export interface RecurrentForward extends Products {
  /** y of each time step [B, H]. */
  y: Matrix[]
  biasIh: Floats
  biasHh: Floats
  /** The state before step t [B, P]; null when it is 0. */
  stateBefore(t: number): Matrix | null
  /** What weight_hh meets at step t [B, P]: the state before it, behind the mask when there is one; null when it is 0. */
  stateMet(t: number): Matrix | null
  /** Puts down the state of each row after its last valid step. */
  keepLastStates(): void
}

export function bindForward(tensors: RecurrentTensors): RecurrentForward {
  const y = tensors.steps('y')
  const initial = tensors.optional('initialState')
  const final = tensors.optional('finalState')
  const stateBefore = (t: number): Matrix | null => y[t - 1] ?? initial
  const mask = tensors.optional('mask')
  const met = tensors.has('met') ? tensors.steps('met') : []
  return {
    ...bindProducts(tensors),
    y,
    biasIh: tensors.floats('biasIh'),
    biasHh: tensors.floats('biasHh'),
    stateBefore,
    stateMet(t) {
      const before = stateBefore(t)
      if (!mask) return before
      const target = stepAt(met, t)
      if (before) maskInto(before, mask, target)
      else target.fill(0)
      return before && target
    },
    keepLastStates() {
      if (!final) return
      for (let row = 0; row < final.rows; row++) {
        const last = stateBefore(tensors.lastOf(row) + 1)
        for (let unit = 0; unit < final.columns; unit++) final.set(row, unit, last?.at(row, unit) ?? 0)
      }
    },
  }
}

export interface RecurrentBackward extends ProductGradients {
  tensors: RecurrentTensors
  sizes: RecurrentSizes
  /** The state before step t [B, P]; null when it is 0. */
  stateBefore(t: number): Matrix | null
  /** What weight_hh met at step t [B, P]; null when it was 0. */
  stateMet(t: number): Matrix | null
  /** dState += the gradient of what weight_hh met, behind the mask when there is one. */
  addThroughMask(dMet: Matrix, dState: Matrix): void
  /** Gradient of y at step t, by row and unit; 0 past an example's length. */
  dyAt(t: number, row: number, unit: number): number
  /**
   * Calls `visit` with every time step, the last first. `dState` [B, P] holds the gradient of the state after it, from the steps
   * behind and the final state; `visit` leaves that of the state before.
   */
  walkBack(dState: Matrix, visit: (t: number) => void): void
}

export function bindBackward(kind: RecurrentKind, call: KernelCall): RecurrentBackward {
  const tensors = new RecurrentTensors(call, kind, backwardSlots(kind, call.attributes))
  const { sizes } = tensors
  const y = tensors.steps('y')
  const dy = tensors.has('dy') ? tensors.steps('dy') : null
  const initial = tensors.optional('initialState')
  const dInitial = tensors.optional('dInitialState')
  const dFinal = tensors.optional('dFinalState')

  function addFinal(dState: Matrix, t: number): void {
    for (let row = 0; dFinal && row < sizes.batch; row++) {
      if (tensors.lastOf(row) !== t) continue
      for (let unit = 0; unit < sizes.state; unit++) dState.set(row, unit, dState.at(row, unit) + dFinal.at(row, unit))
    }
  }

  const mask = tensors.optional('mask')
  const met = tensors.has('met') ? tensors.steps('met') : null
  const stateBefore = (t: number): Matrix | null => y[t - 1] ?? initial

  return {
    ...bindProductGradients(tensors),
    tensors,
    sizes,
    stateBefore,
    stateMet: (t) => (met ? stepAt(met, t) : stateBefore(t)),
    addThroughMask(dMet, dState) {
      for (let row = 0; row < dMet.rows; row++) {
        for (let unit = 0; unit < dMet.columns; unit++) {
          const kept = mask ? mask.at(row, unit) : 1
          dState.set(row, unit, dState.at(row, unit) + dMet.at(row, unit) * kept)
        }
      }
    },
    dyAt: (t, row, unit) => (dy && t <= tensors.lastOf(row) ? stepAt(dy, t).at(row, unit) : 0),
    walkBack(dState, visit) {
      dState.fill(0)
      for (let t = sizes.time - 1; t >= 0; t--) {
        addFinal(dState, t)
        visit(t)
      }
      addFinal(dState, -1)
      if (dInitial) copyMatrix(dState, dInitial)
    },
  }
}

function maskInto(source: Matrix, mask: Matrix, target: Matrix): void {
  for (let row = 0; row < target.rows; row++) {
    for (let unit = 0; unit < target.columns; unit++) target.set(row, unit, source.at(row, unit) * mask.at(row, unit))
  }
}

/** target = source, of the same size. */
export function copyMatrix(source: Matrix, target: Matrix): void {
  for (let row = 0; row < target.rows; row++) {
    for (let column = 0; column < target.columns; column++) target.set(row, column, source.at(row, column))
  }
}
