import { invariant, present } from '../../base/invariant'
import type { KernelCall, Span } from '../kernel'
import { dimOf, Floats, Integers, inputSpan, type Matrix, matrixOf } from '../kernelViews'
import { multiply, sumRows } from '../product/productReference'
import type { CallField } from './recurrentCall'
import { backwardSlots, forwardSlots, type RecurrentKind, type Slots } from './recurrentSlots'

/** What the reference kernels of rnn, lstm and gru share. */

export interface RecurrentSizes {
  time: number
  batch: number
  hidden: number
  /** Width of y and of the state. */
  state: number
}

/** The tensors of a call by name. */
export class RecurrentTensors {
  readonly sizes: RecurrentSizes
  readonly lengths: Integers
  private readonly spans = new Map<CallField, Span>()

  constructor(
    private readonly call: KernelCall,
    { gates }: RecurrentKind,
    slots: Slots,
  ) {
    const x = inputSpan(call, 0)
    const weightHh = inputSpan(call, 2)
    const [time, batch] = [dimOf(x, 0), dimOf(x, 1)]
    this.sizes = { time, batch, hidden: dimOf(weightHh, 0) / gates, state: dimOf(weightHh, 1) }
    for (const [index, field] of slots.inputs.entries()) this.put(field, call.inputs[index])
    for (const [index, field] of slots.outputs.entries()) this.put(field, call.outputs[index])
    this.lengths = Integers.of(call.memory, this.span('lengths'))
  }

  has(field: CallField): boolean {
    return this.spans.has(field)
  }

  floats(field: CallField): Floats {
    return Floats.of(this.call.memory, this.span(field))
  }

  /** As rows of its last axis. */
  matrix(field: CallField): Matrix {
    return matrixOf(this.call, this.span(field))
  }

  /** null when it is absent. */
  optional(field: CallField): Matrix | null {
    return this.has(field) ? this.matrix(field) : null
  }

  /** [B, F] of each time step. */
  steps(field: CallField): Matrix[] {
    return timeSteps(this.matrix(field), this.sizes)
  }

  /** The last valid step of a row; −1 when it has none. */
  lastOf(row: number): number {
    return this.lengths.at(row) - 1
  }

  private span(field: CallField): Span {
    return present(this.spans.get(field), `the call has no ${field}`)
  }

  private put(field: CallField, span: Span | null | undefined): void {
    if (span) this.spans.set(field, span)
  }
}

/** One matrix [B, F] for each time step of a tensor [T, B, F]. */
export function timeSteps(matrix: Matrix, { time, batch }: RecurrentSizes): Matrix[] {
  return Array.from({ length: time }, (_, t) => matrix.rowRange(t * batch, batch))
}

export function stepAt(steps: readonly Matrix[], t: number): Matrix {
  return present(steps[t], `no time step ${t}`)
}

export function forwardTensors(kind: RecurrentKind, call: KernelCall): RecurrentTensors {
  return new RecurrentTensors(call, kind, forwardSlots(kind, call.attributes))
}

export interface RecurrentForward {
  /** y of each time step [B, H]. */
  y: Matrix[]
  /** weight_hhᵀ [P, G·H]. */
  recurrentWeight: Matrix
  biasIh: Floats
  biasHh: Floats
  /** The state before step t [B, P]; null when it is 0. */
  stateBefore(t: number): Matrix | null
  /** What weight_hh meets at step t [B, P]: the state before it, behind the mask when there is one; null when it is 0. */
  stateMet(t: number): Matrix | null
  /** target [T·B, G·H] = x · weight_ihᵀ: the products with the inputs of all time steps. */
  projectInputs(target: Matrix): void
  /** Puts down the state of each row after its last valid step. */
  keepLastStates(): void
}

export function bindForward(tensors: RecurrentTensors): RecurrentForward {
  const x = tensors.matrix('x') // [T·B, I]
  const inputWeight = tensors.matrix('weightIh').transposed() // [I, G·H]
  const y = tensors.steps('y')
  const initial = tensors.optional('initialState')
  const final = tensors.optional('finalState')
  const stateBefore = (t: number): Matrix | null => y[t - 1] ?? initial
  const mask = tensors.optional('mask')
  const met = tensors.has('met') ? tensors.steps('met') : []
  return {
    y,
    recurrentWeight: tensors.matrix('weightHh').transposed(),
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
    projectInputs: (target) => multiply(x, inputWeight, target),
    keepLastStates() {
      if (!final) return
      for (let row = 0; row < final.rows; row++) {
        const last = stateBefore(tensors.lastOf(row) + 1)
        for (let unit = 0; unit < final.columns; unit++) final.set(row, unit, last?.at(row, unit) ?? 0)
      }
    },
  }
}

export interface RecurrentBackward {
  tensors: RecurrentTensors
  sizes: RecurrentSizes
  /** weight_hh [G·H, P]. */
  recurrentWeight: Matrix
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
  /**
   * What remains once the gate gradients of every step are there: dx, dWeight_ih and dBias_ih from `toInput` [T·B, G·H],
   * dWeight_hh and dBias_hh from `toState`, whose parts lie side by side (rows of weight_hh in that order). A part's weight has met
   * the states before each step (behind the mask, when there is one), or `met` [T·B, H].
   */
  bindRest(toInput: Matrix, toState: readonly { d: Matrix; met?: Matrix }[]): () => void
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
    tensors,
    sizes,
    recurrentWeight: tensors.matrix('weightHh'),
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
    bindRest: (toInput, toState) => bindRest(tensors, toInput, toState),
  }
}

function bindRest(tensors: RecurrentTensors, toInput: Matrix, toState: readonly { d: Matrix; met?: Matrix }[]) {
  const { time, batch } = tensors.sizes
  const steps: (() => void)[] = []
  const dx = tensors.optional('dx')
  if (dx) {
    const inputWeight = tensors.matrix('weightIh')
    steps.push(() => multiply(toInput, inputWeight, dx))
  }
  if (tensors.has('dWeightIh')) {
    const [x, dWeightIh, dBiasIh] = [tensors.matrix('x'), tensors.matrix('dWeightIh'), tensors.floats('dBiasIh')]
    steps.push(() => multiply(toInput.transposed(), x, dWeightIh))
    steps.push(() => sumRows(toInput, dBiasIh))
    const [dWeightHh, dBiasHh] = [tensors.matrix('dWeightHh'), tensors.floats('dBiasHh')]
    const later = (time - 1) * batch
    const statesBefore = tensors.matrix('y').rowRange(0, later) // before the steps 1 … T−1
    const initial = tensors.optional('initialState')
    let row = 0
    const masked = tensors.optional('met')
    for (const { d, met = masked } of toState) {
      const first = row
      const block = dWeightHh.rowRange(first, d.columns)
      if (met) {
        steps.push(() => multiply(d.transposed(), met, block))
      } else {
        steps.push(() => multiply(d.rowRange(batch, later).transposed(), statesBefore, block))
        if (initial) steps.push(() => multiply(d.rowRange(0, batch).transposed(), initial, block, true))
      }
      steps.push(() => sumRows(d, dBiasHh, first))
      row += d.columns
    }
    invariant(row === dWeightHh.rows, 'the parts make up weight_hh')
  }
  return () => {
    for (const step of steps) step()
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
