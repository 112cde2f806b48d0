import { formatCount } from '../../engine/nodes/words'

const scales: readonly (readonly [number, string])[] = [
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million'],
  [1e3, 'thousand'],
]
const LETTERS: Readonly<Record<string, string>> = { trillion: 'T', billion: 'B', million: 'M', thousand: 'k' }

/** "45 million": a large number in plain words, two leading digits. */
export function approximately(value: number): string {
  const { amount, word } = scaled(value)
  return word === '' ? amount : `${amount} ${word}`
}

/** "45M": the same where there is little room. */
export function briefly(value: number): string {
  const { amount, word } = scaled(value)
  return `${amount}${LETTERS[word] ?? ''}`
}

function scaled(value: number): { amount: string; word: string } {
  const scale = scales.find(([unit]) => value >= unit)
  if (!scale) return { amount: formatCount(value), word: '' }
  const [unit, word] = scale
  const amount = value / unit
  return { amount: String(amount < 10 ? Number(amount.toPrecision(2)) : Math.round(amount)), word }
}
