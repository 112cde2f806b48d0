import { useSyncExternalStore } from 'react'
import { subscribe, telemetry } from '../run/telemetry'

/** Ids of the nodes whose gates the run on show has told of, as one string that changes only with the set. */
export function useGateNodes(): readonly string[] {
  const joined = useSyncExternalStore(subscribe, () => [...(telemetry.current()?.gates.keys() ?? [])].join(' '))
  return joined === '' ? [] : joined.split(' ')
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
