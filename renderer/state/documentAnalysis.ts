import { analyseModel, type ModelAnalysis } from '../../engine/compile/analyse'
import type { DataSummary } from '../../engine/data/prepared'
import type { Model, UnrollDocument } from '../../engine/document/schema'
import { shareAnalysis } from './shareAnalysis'

/** An analysis, and what it was made with besides the model. */
interface Made {
  data: UnrollDocument['data']
  training: UnrollDocument['training']
  summary: DataSummary | null
  analysis: ModelAnalysis
}

/**
 * Returns a function that analyses every model of a document and works out only what it was not asked before: moving a card, renaming
 * the document, editing another model, undoing and doing again cost nothing, for their models are those of before. What holds the same
 * as at the last call is the same object (see shareAnalysis).
 */
export function createAnalyser(): (
  document: UnrollDocument,
  summary: DataSummary | null,
) => Record<string, ModelAnalysis> {
  // As long as the history holds a model, so long is its analysis held; nearly all of it is shared with the others.
  const made = new WeakMap<Model, Made>()
  let before = new Map<string, ModelAnalysis>()
  let last: Record<string, ModelAnalysis> = {}

  const analyse = (document: UnrollDocument, model: Model, summary: DataSummary | null): ModelAnalysis => {
    const { data, training } = document
    const known = made.get(model)
    const isKnown = known && known.data === data && known.training === training && known.summary === summary
    const found = isKnown ? known.analysis : analyseModel(document, model.id, summary)
    const old = before.get(model.id)
    const analysis = old && old !== found ? shareAnalysis(old, found) : found
    made.set(model, { data, training, summary, analysis })
    return analysis
  }

  return (document, summary) => {
    const next = new Map(document.models.map((model) => [model.id, analyse(document, model, summary)]))
    const isChanged = next.size !== before.size || [...next].some(([id, analysis]) => before.get(id) !== analysis)
    before = next
    if (isChanged) last = Object.fromEntries(next)
    return last
  }
}
