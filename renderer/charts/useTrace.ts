import { useMemo, useSyncExternalStore } from 'react'
import { copyOfKey, type GatedCopy } from '../run/gatedCopy'
import { subscribe, telemetry } from '../run/telemetry'

/** The nodes, and copies of nodes, whose gates the run on show has told of. */
export function useGatedCopies(): readonly GatedCopy[] {
  const joined = useSyncExternalStore(subscribe, () => [...(telemetry.current()?.gates.keys() ?? [])].join('\n'))
  return useMemo(() => (joined === '' ? [] : joined.split('\n').map(copyOfKey)), [joined])
}

/** Grows with every evaluation and with the end of the run on show: what slow-moving parts of the charts hang on. */
export function useEvaluations(): string {
  return useSyncExternalStore(subscribe, () => {
    const trace = telemetry.current()
    return trace ? `${trace.run} ${trace.validation.length} ${trace.baselines.length} ${trace.finished}` : ''
  })
}

/** True while the run on show has anything to draw. */
export function useHasTrace(): boolean {
  return useSyncExternalStore(subscribe, () => (telemetry.current()?.training.length ?? 0) > 0)
}
