import { useEffect, useState } from 'react'
import { compileModel } from '../../engine/compile/compile'
import { outlinePlan, type PlanOutline } from '../../engine/compile/outlinePlan'
import { shardSizes } from '../../engine/compile/plan'
import type { DataSummary } from '../../engine/data/prepared'
import type { UnrollDocument } from '../../engine/document/schema'
import { activeAnalysisOf, errorsOf, useDocument } from '../state/document'

export type PlanState =
  | { kind: 'reading' }
  | { kind: 'making' }
  | { kind: 'problems'; count: number }
  | { kind: 'made'; outline: PlanOutline; shards: number; model: string }
  /** A mistake of ours. */
  | { kind: 'failed'; message: string }

/** Milliseconds of rest after an edit before the plan is made anew; typing and dragging never wait for it. */
const REST = 300

/** The plan of the model on the canvas, made while whoever asks is on the screen, and again a moment after an edit. */
export function usePlan(): PlanState {
  const [state, setState] = useState<PlanState>({ kind: 'making' })
  // Stays the same object while nothing that is computed changes: moving cards makes no new plan.
  const analysis = useDocument(activeAnalysisOf)
  const summary = useDocument((document) => document.summary)
  const unreadable = useDocument((document) => document.dataProblems.length > 0)
  const errors = useDocument((document) => errorsOf(document).length)
  useEffect(() => {
    if (errors > 0 || unreadable) {
      setState({ kind: 'problems', count: errors })
      return
    }
    if (!summary || analysis.data !== summary) {
      setState({ kind: 'reading' })
      return
    }
    const timer = setTimeout(() => {
      const { document, activeModel } = useDocument.getState()
      setState(makePlan(document, activeModel, summary))
    }, REST)
    return () => clearTimeout(timer)
  }, [analysis, summary, errors, unreadable])
  return state
}

function makePlan(document: UnrollDocument, model: string, summary: DataSummary): PlanState {
  const { shards, rows } = shardSizes(document.training.batchSize, summary.examples.training)
  try {
    const plan = compileModel(document, model, summary, { mode: 'train', rows, steps: summary.maximumSteps })
    if (!plan.ok) return { kind: 'problems', count: plan.problems.length }
    return { kind: 'made', outline: outlinePlan(plan.value), shards, model }
  } catch (error) {
    console.error(error)
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}
