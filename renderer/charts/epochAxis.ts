import type { ChartTick } from './chartView'

export interface EpochScale {
  totalSteps: number
  stepsPerEpoch: number
}

/** Ticks of an x axis in optimizer steps, named by epochs: the start, the newest whole epoch and the end. */
export function epochTicks({ totalSteps, stepsPerEpoch }: EpochScale, step: number): ChartTick[] {
  const perEpoch = Math.max(1, stepsPerEpoch)
  const last = Math.max(1, Math.round(totalSteps / perEpoch))
  const ticks: ChartTick[] = [{ at: 0, label: 'epoch 0' }]
  const now = Math.floor(step / perEpoch + 1e-9)
  // Neighbours too near would run into each other.
  if (now >= last * 0.18 && now <= last * 0.85) ticks.push({ at: now * perEpoch, label: String(now) })
  ticks.push({ at: last * perEpoch, label: String(last) })
  return ticks
}

/** "epoch 3.2": one decimal, because an epoch is long. */
export function epochWords({ stepsPerEpoch }: EpochScale, step: number): string {
  return `epoch ${(step / Math.max(1, stepsPerEpoch)).toFixed(1)}`
}
