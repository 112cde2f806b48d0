/** The Huber loss of one difference (Huber 1964 with δ = 1): half its square up to δ, beyond it its size less half of δ. */
export function huberOf(difference: number): number {
  const size = Math.abs(difference)
  return size <= 1 ? 0.5 * difference * difference : size - 0.5
}
