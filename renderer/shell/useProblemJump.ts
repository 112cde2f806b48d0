import { useEffect } from 'react'
import { jumpToFirst } from '../problems/jump'
import { useApp } from '../state/app'
import { useDocument } from '../state/document'
import { useRun } from '../state/run'

/**
 * Train on a model that cannot be trained opens the problems and goes to the first. The refusal is taken back as soon as anything
 * changes: it may no longer be true.
 */
export function useProblemJump(): void {
  useEffect(() => {
    const endRun = useRun.subscribe(({ state }, before) => {
      if (state === before.state || state.phase !== 'refused') return
      useApp.getState().showDock('problems')
      jumpToFirst(state.problems)
    })
    const endDocument = useDocument.subscribe((state, before) => {
      const run = useRun.getState()
      if (run.phase !== 'refused' || run.state.phase !== 'refused') return
      const other = state.activeModel !== run.state.ticket.model
      if (other || state.document !== before.document || state.summary !== before.summary) run.dismiss()
    })
    return () => {
      endRun()
      endDocument()
    }
  }, [])
}
