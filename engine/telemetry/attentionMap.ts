import type { Probe } from '../ir/program'
import type { AttentionMap } from './frame'

/** The map out of an attention probe's value [S, S], whose places past the example are −1; null when it shows no step. */
export function attentionMapOf(
  { node, copy }: Pick<Probe, 'node' | 'copy'>,
  value: ArrayLike<number>,
): AttentionMap | null {
  const side = Math.sqrt(value.length)
  let steps = 0
  while (steps < side && (value[steps] ?? -1) >= 0) steps++
  if (steps === 0) return null
  const weights = Array.from({ length: steps * steps }, (_, index) => {
    return value[Math.floor(index / steps) * side + (index % steps)] ?? 0
  })
  return { node, ...(copy === undefined ? {} : { copy }), steps, weights }
}
