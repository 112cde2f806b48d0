import type { FrameCopy } from '../nodes/defineNode'

/** One frame on the way from the outermost to a node, and which of its copies the node is laid out in. */
export interface Turn {
  copy: FrameCopy
  /** All copies of the frame. */
  among: readonly FrameCopy[]
}

/** From the outermost frame in; empty outside all frames. */
export type CopyPath = readonly Turn[]

/** "layer 2, backward"; empty outside all frames. */
export function copyLabel(path: CopyPath): string {
  return path.map(({ copy }) => copy.label).join(', ')
}

/**
 * What a weight is called in one copy. Layers count through from the outermost frame in and take the place of `_l0`
 * (weight_ih_l0 → weight_ih_l1) or stand behind the name (weight → weight.1); copies that read from the end have `_reverse` behind
 * that, as PyTorch has it. Of two frames one in the other that both read both ways the outer one says `_reverse2`.
 */
export function weightName(name: string, path: CopyPath): string {
  let layer: number | null = null
  for (const { copy, among } of path) {
    if (copy.layer !== undefined) layer = (layer ?? 0) * among.length + copy.layer
  }
  const layered = layer === null ? name : /_l0$/.test(name) ? name.replace(/_l0$/, `_l${layer}`) : `${name}.${layer}`
  const suffixes = path
    .filter(({ among }) => among.some(({ reverse }) => reverse === true))
    .toReversed()
    .map(({ copy }, outward) => (copy.reverse !== true ? '' : outward === 0 ? '_reverse' : `_reverse${outward + 1}`))
  return layered + suffixes.join('')
}
