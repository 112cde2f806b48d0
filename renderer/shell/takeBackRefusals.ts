import { errorsOf, useDocument } from '../state/document'
import { useRun } from '../state/run'

/**
 * A refusal is taken back when the document changes, or when the data, read meanwhile, leave no problem; data that change
 * nothing of it let it stand. Returns what ends it.
 */
export function takeBackRefusals(): () => void {
  return useDocument.subscribe((state, before) => {
    const run = useRun.getState()
    if (run.state.phase !== 'refused') return
    const other = state.activeModel !== run.state.ticket.model
    if (other || state.document !== before.document || errorsOf(state).length === 0) run.dismiss()
  })
}
