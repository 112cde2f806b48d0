import { useEffect, useRef } from 'react'
import { type RunTrace, telemetry } from '../run/telemetry'
import { useDocument } from '../state/document'

/** The trace of the run on show when it trains, or trained, the model on the canvas; null otherwise. */
export function shownTrace(): RunTrace | null {
  const trace = telemetry.current()
  return trace && trace.model === useDocument.getState().activeModel ? trace : null
}

/** Calls `draw` now and after every telemetry frame, at most once per animation frame; numbers go past React. */
export function useTelemetry(draw: () => void): void {
  const latest = useRef(draw)
  useEffect(() => {
    latest.current = draw
    draw()
  })
  useEffect(() => telemetry.subscribe(() => latest.current()), [])
}
