import { present } from '../../base/invariant'
import type { Floats, Matrix } from '../kernelViews'
import { LAYER_NORM_EPSILON } from '../layerNorm/layerNorm'
import type { RecurrentTensors } from './tensorsReference'

/**
 * Layer normalisation of products before they meet the gates: of those with x, or of those with the state. They stand in their half
 * of `normal` [T·B, 2·G·H], the 1 / √(variance + ε) of each group in their half of `scales` [T·B, 2·groups].
 */
export interface Normalisation {
  /**
   * `products` [R, columns of the group], rows from `firstRow` on, become gain ⊙ (p − mean) / √(variance + ε); past an example's
   * length 0.
   */
  apply(group: number, firstRow: number, products: Matrix): void
  /** target [R, columns of the group] = gradient of the products, from `d`, that of what became of them. */
  back(group: number, firstRow: number, d: Matrix, target: Matrix): void
  /** dGain of the group = the sum over all rows of d ⊙ what was normalised. */
  gainGradient(group: number, d: Matrix, dGain: Floats): void
}

/** null when the call does not normalise. */
export function bindNormalisation(tensors: RecurrentTensors, side: 'input' | 'state'): Normalisation | null {
  if (!tensors.has('normal')) return null
  const { batch, groups } = tensors.sizes
  const all = tensors.matrix('normal')
  const wide = all.columns / 2
  const place = side === 'input' ? 0 : 1
  const scales = tensors.matrix('scales').columnRange(place * groups.length, groups.length)
  const gain = tensors.floats(side === 'input' ? 'gainIh' : 'gainHh')
  const rangeOf = (group: number) => present(groups[group], `no group ${group}`)
  const normalOf = (group: number) => all.columnRange(place * wide + rangeOf(group).first, rangeOf(group).count)

  function clearRow(group: number, row: number, normal: Matrix, products: Matrix, at: number): void {
    scales.set(row, group, 0)
    for (let column = 0; column < products.columns; column++) {
      normal.set(row, column, 0)
      products.set(at, column, 0)
    }
  }

  return {
    apply(group, firstRow, products) {
      const normal = normalOf(group)
      const { first, count } = rangeOf(group)
      for (let at = 0; at < products.rows; at++) {
        const row = firstRow + at
        if (Math.floor(row / batch) > tensors.lastOf(row % batch)) {
          clearRow(group, row, normal, products, at)
          continue
        }
        let [sum, squares] = [0, 0]
        for (let column = 0; column < count; column++) sum += products.at(at, column)
        const mean = sum / count
        for (let column = 0; column < count; column++) squares += (products.at(at, column) - mean) ** 2
        const scale = 1 / Math.sqrt(squares / count + LAYER_NORM_EPSILON)
        scales.set(row, group, scale)
        for (let column = 0; column < count; column++) {
          const value = (products.at(at, column) - mean) * scale
          normal.set(row, column, value)
          products.set(at, column, gain.at(first + column) * value)
        }
      }
    },
    back(group, firstRow, d, target) {
      const normal = normalOf(group)
      const { first, count } = rangeOf(group)
      for (let at = 0; at < d.rows; at++) {
        const row = firstRow + at
        let [sum, dot] = [0, 0]
        for (let column = 0; column < count; column++) {
          const g = d.at(at, column) * gain.at(first + column)
          sum += g
          dot += g * normal.at(row, column)
        }
        for (let column = 0; column < count; column++) {
          const g = d.at(at, column) * gain.at(first + column)
          const rest = g - sum / count - (normal.at(row, column) * dot) / count
          target.set(at, column, scales.at(row, group) * rest)
        }
      }
    },
    gainGradient(group, d, dGain) {
      const normal = normalOf(group)
      const { first, count } = rangeOf(group)
      for (let column = 0; column < count; column++) {
        let sum = 0
        for (let row = 0; row < d.rows; row++) sum += d.at(row, column) * normal.at(row, column)
        dGain.set(first + column, sum)
      }
    },
  }
}
