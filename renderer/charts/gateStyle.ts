import type { Ink } from './chartView'

export interface GateStyle {
  ink: Ink
  /** Tells the gates apart without colour. */
  dash: readonly number[]
}

const solid: readonly number[] = []
const dashed: readonly number[] = [7, 5]
const dotted: readonly number[] = [2, 4]

/** The gate that keeps memory is green everywhere, the one that writes blue, the one that reads orange. */
const named: Readonly<Record<string, GateStyle>> = {
  forget: { ink: 'green', dash: solid },
  update: { ink: 'green', dash: solid },
  input: { ink: 'blue', dash: dashed },
  reset: { ink: 'blue', dash: dashed },
  output: { ink: 'orange', dash: dotted },
}

const others: readonly GateStyle[] = [
  { ink: 'pink', dash: [10, 4, 2, 4] },
  { ink: 'vermilion', dash: [4, 3] },
]

/** How a gate is drawn; `index` decides for gates that this version does not know by name. */
export function gateStyle(gate: string, index: number): GateStyle {
  return named[gate] ?? others[index % others.length] ?? { ink: 'pink', dash: solid }
}
