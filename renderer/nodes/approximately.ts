import { formatCount } from '../../engine/nodes/words'

const scales: readonly (readonly [number, string])[] = [
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million'],
  [1e3, 'thousand'],
]

/** "45 million": a large number in plain words, two leading digits. */
export function approximately(value: number): string {
  const scale = scales.find(([unit]) => value >= unit)
  if (!scale) return formatCount(value)
  const [unit, word] = scale
  const amount = value / unit
  return `${amount < 10 ? Number(amount.toPrecision(2)) : Math.round(amount)} ${word}`
}
