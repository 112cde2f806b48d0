import { useDocument } from '../state/document'

/** Problems of the data and of the model on the canvas. */
export function useProblemCount(): number {
  return useDocument((state) => state.dataProblems.length + (state.analysis[state.activeModel]?.problems.length ?? 0))
}
