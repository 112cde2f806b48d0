const STEPS: readonly { unit: Intl.RelativeTimeFormatUnit; seconds: number }[] = [
  { unit: 'year', seconds: 365 * 86_400 },
  { unit: 'month', seconds: 30 * 86_400 },
  { unit: 'week', seconds: 7 * 86_400 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
]

const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** "just now", "5 minutes ago", "yesterday". @param now milliseconds since the epoch */
export function relativeTime(savedAt: string, now: number): string {
  const seconds = (now - Date.parse(savedAt)) / 1000
  // A clock that was set back, or a document from another computer.
  if (seconds < 60) return 'just now'
  const step = STEPS.find((one) => seconds >= one.seconds)
  return step ? format.format(-Math.floor(seconds / step.seconds), step.unit) : 'just now'
}
