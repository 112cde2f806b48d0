import { invariant, present } from '../../base/invariant'
import type { Matrix } from '../kernelViews'
import { multiply, sumRows } from '../product/productReference'
import { bindNormalisation } from './normalReference'
import { type RecurrentTensors, stepAt, timeSteps } from './tensorsReference'

/** The products of a recurrent layer with its weights, forward and backward, normalised when the call says so. */

export interface Products {
  /** target [T·B, G·H] = x · weight_ihᵀ: the products with the inputs of all time steps. */
  projectInputs(target: Matrix): void
  /** target [B, columns of the group] = states · (rows of weight_hh in the group)ᵀ; `states` null: they are 0. */
  meet(t: number, group: number, states: Matrix | null, target: Matrix): void
}

export function bindProducts(tensors: RecurrentTensors): Products {
  const { batch, groups } = tensors.sizes
  const x = tensors.matrix('x') // [T·B, I]
  const inputWeight = tensors.matrix('weightIh').transposed() // [I, G·H]
  const recurrentWeight = tensors.matrix('weightHh').transposed() // [P, G·H]
  const weights = groups.map(({ first, count }) => recurrentWeight.columnRange(first, count))
  const ofInputs = bindNormalisation(tensors, 'input')
  const ofStates = bindNormalisation(tensors, 'state')
  return {
    projectInputs(target) {
      multiply(x, inputWeight, target)
      for (const [group, { first, count }] of groups.entries()) {
        ofInputs?.apply(group, 0, target.columnRange(first, count))
      }
    },
    meet(t, group, states, target) {
      if (states) multiply(states, present(weights[group], `no group ${group}`), target)
      else target.fill(0)
      ofStates?.apply(group, t * batch, target)
    },
  }
}

/** Gradient of a group's sums [T·B, columns of the group], and what its weight has met when that is not the states [T·B, P]. */
export interface StatePart {
  d: Matrix
  met?: Matrix
}

export interface ProductGradients {
  /** dMet [B, P] += the gradient of what a group of weight_hh met at step t, from d [B, columns of the group]. */
  meetBack(t: number, group: number, d: Matrix, dMet: Matrix): void
  /**
   * What remains once the gradients of all sums are there: dx, dWeight_ih, dBias_ih and dGain_ih from `toInput` [T·B, G·H],
   * dWeight_hh, dBias_hh and dGain_hh from `toState`, a part for each group. A part's weight has met the states before each step
   * (behind the mask, when there is one) unless it says otherwise.
   */
  bindRest(toInput: Matrix, toState: readonly StatePart[]): () => void
}

export function bindProductGradients(tensors: RecurrentTensors): ProductGradients {
  const { sizes } = tensors
  const { batch, groups } = sizes
  const recurrentWeight = tensors.matrix('weightHh') // [G·H, P]
  const dProducts = tensors.optional('dProducts') // [T·B, 2·G·H]
  const wide = recurrentWeight.rows
  const ofInputs = bindNormalisation(tensors, 'input')
  const ofStates = bindNormalisation(tensors, 'state')
  const parts = groups.map(({ first, count }) => {
    const d = dProducts?.columnRange(wide + first, count) // behind the normalisation
    return { weight: recurrentWeight.rowRange(first, count), d, dSteps: d ? timeSteps(d, sizes) : [] }
  })

  function inputRest(toInput: Matrix): () => void {
    const behind = dProducts ? dProducts.columnRange(0, wide) : toInput
    const [dx, inputWeight, x] = [tensors.optional('dx'), tensors.matrix('weightIh'), tensors.matrix('x')]
    const weights = tensors.has('dWeightIh')
      ? { dWeight: tensors.matrix('dWeightIh'), dBias: tensors.floats('dBiasIh') }
      : null
    const dGain = tensors.has('dGainIh') ? tensors.floats('dGainIh') : null
    return () => {
      for (const [group, { first, count }] of groups.entries()) {
        const d = toInput.columnRange(first, count)
        ofInputs?.back(group, 0, d, behind.columnRange(first, count))
        if (dGain) ofInputs?.gainGradient(group, d, dGain)
      }
      if (dx) multiply(behind, inputWeight, dx)
      if (!weights) return
      multiply(behind.transposed(), x, weights.dWeight)
      sumRows(toInput, weights.dBias)
    }
  }

  function stateRest(group: number, { d, met = tensors.optional('met') ?? undefined }: StatePart): () => void {
    const { first, count } = present(groups[group], `no group ${group}`)
    const dWeight = tensors.matrix('dWeightHh').rowRange(first, count)
    const dBias = tensors.floats('dBiasHh')
    const dGain = tensors.has('dGainHh') ? tensors.floats('dGainHh') : null
    const behind = parts[group]?.d ?? d
    const later = d.rows - batch
    const y = tensors.matrix('y')
    const initial = tensors.optional('initialState')
    return () => {
      sumRows(d, dBias, first)
      if (dGain) ofStates?.gainGradient(group, d, dGain)
      if (met) {
        multiply(behind.transposed(), met, dWeight)
        return
      }
      // The states before the steps 1 … T−1 are y of the steps 0 … T−2.
      multiply(behind.rowRange(batch, later).transposed(), y.rowRange(0, later), dWeight)
      if (initial) multiply(behind.rowRange(0, batch).transposed(), initial, dWeight, true)
    }
  }

  return {
    meetBack(t, group, d, dMet) {
      const part = present(parts[group], `no group ${group}`)
      const behind = part.d ? stepAt(part.dSteps, t) : d
      ofStates?.back(group, t * batch, d, behind)
      multiply(behind, part.weight, dMet, true)
    },
    bindRest(toInput, toState) {
      invariant(toState.length === groups.length, 'a part for each group of weight_hh')
      const rest = [inputRest(toInput)]
      if (tensors.has('dWeightHh')) rest.push(...toState.map((part, group) => stateRest(group, part)))
      return () => {
        for (const step of rest) step()
      }
    },
  }
}
