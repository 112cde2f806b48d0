/** What the benchmark leaves in the page between two calls. */
interface Window {
  /** Milliseconds of the act that is being timed. */
  benchAct?: Promise<number>
  /** What the telemetry frames told. */
  benchFrames?: { step: number; milliseconds: number }[]
}
