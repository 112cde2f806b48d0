import { useMemo } from 'react'
import type { Diagnostic } from '../../engine/document/diagnostic'
import { activeAnalysisOf, useDocument } from '../state/document'

/** Problems of the data and of the model on the canvas, errors first. */
export function useProblems(): readonly Diagnostic[] {
  const data = useDocument((state) => state.dataProblems)
  const model = useDocument((state) => activeAnalysisOf(state).problems)
  return useMemo(() => {
    const all = [...data, ...model]
    return [
      ...all.filter(({ severity }) => severity === 'error'),
      ...all.filter(({ severity }) => severity !== 'error'),
    ]
  }, [data, model])
}
