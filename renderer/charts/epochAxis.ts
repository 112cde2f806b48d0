import type { ChartTick } from './chartView'

export interface EpochScale {
  totalSteps: number
  stepsPerEpoch: number
}

/** Epochs that an axis spans at least, and how far before its end the newest step stands. */
const LEAST_EPOCHS = 4
const ROOM = 1.1

/**
 * The scale of the part of a run that a chart shows: after the end the epochs that were trained; before it the half, quarter, eighth … of
 * the run that holds the newest step, so that the first of 900 epochs can be read, and the axis seldom changes.
 */
export function shownScale(run: EpochScale & { finished: boolean }, step: number): EpochScale {
  const perEpoch = Math.max(1, run.stepsPerEpoch)
  const total = Math.max(1, run.totalSteps)
  let wanted = total
  if (run.finished) wanted = step
  else while (wanted / 2 >= Math.max(step * ROOM, LEAST_EPOCHS * perEpoch)) wanted /= 2
  const whole = Math.max(1, Math.ceil(wanted / perEpoch - 1e-9)) * perEpoch
  return { totalSteps: Math.min(total, whole), stepsPerEpoch: perEpoch }
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
