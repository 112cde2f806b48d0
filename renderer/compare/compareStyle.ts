import type { Ink } from '../charts/chartView'

/** How a model's curve is drawn, and its mark in the table: told apart by dash as well as by hue. */
export interface CurveStyle {
  ink: Exclude<Ink, 'faint' | 'guide' | 'accent'>
  dash: readonly number[]
}

const HUES = ['blue', 'orange', 'green', 'pink', 'vermilion'] as const
const DASHES: readonly (readonly number[])[] = [[], [7, 5], [2, 4], [10, 4, 2, 4], [4, 3]]

/** By the model's place in the comparison. Hues repeat after five models, then with another dash. */
export function curveStyle(index: number): CurveStyle {
  const hue = index % HUES.length
  const round = Math.floor(index / HUES.length)
  return { ink: HUES[hue] ?? 'blue', dash: DASHES[(hue + round) % DASHES.length] ?? [] }
}
