/** A moment of a run: optimizer steps done and seconds spent, pauses left out. */
export interface Moment {
  step: number
  seconds: number
}

/** Seconds of the past that the estimate looks at: long enough to hold an evaluation, short enough to follow a change. */
export const LOOK_BACK_SECONDS = 12
const EARLIEST_SECONDS = 0.6

/** The moments that still count after `now`: those inside the look-back, and the newest one before it. */
export function remember(past: readonly Moment[], now: Moment): Moment[] {
  const edge = now.seconds - LOOK_BACK_SECONDS
  const cut = past.findLastIndex((moment) => moment.seconds <= edge)
  return [...past.slice(Math.max(0, cut)), now]
}

/** Seconds until step `totalSteps` at the pace of the remembered moments, or null while it is too early to say. */
export function secondsLeft(past: readonly Moment[], totalSteps: number): number | null {
  const first = past[0]
  const last = past.at(-1)
  if (!first || !last || last.step <= first.step || last.seconds - first.seconds < EARLIEST_SECONDS) return null
  const perStep = (last.seconds - first.seconds) / (last.step - first.step)
  return Math.max(0, (totalSteps - last.step) * perStep)
}

/** "38 s left", "4 min left", "1 h 20 min left"; coarse on purpose, so that it does not flicker. */
export function timeLeftWords(seconds: number | null): string {
  if (seconds === null) return 'estimating…'
  return seconds < 1 ? 'almost done' : `${durationWords(seconds)} left`
}

/** "38 s", "4 min", "1 h 20 min". */
export function durationWords(seconds: number): string {
  if (seconds < 10) return `${seconds < 1 ? seconds.toFixed(1) : Math.round(seconds)} s`
  if (seconds < 90) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const rest = Math.round((minutes % 60) / 5) * 5
  const hours = Math.floor(minutes / 60) + (rest === 60 ? 1 : 0)
  return rest === 0 || rest === 60 ? `${hours} h` : `${hours} h ${rest} min`
}
