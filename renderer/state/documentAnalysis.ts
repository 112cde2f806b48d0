import { analyseModel, type ModelAnalysis } from '../../engine/compile/analyse'
import type { DataSummary } from '../../engine/data/prepared'
import type { Model, UnrollDocument } from '../../engine/document/schema'
import { shareAnalysis } from './shareAnalysis'

interface Memory {
  model: Model
  data: UnrollDocument['data']
  training: UnrollDocument['training']
  summary: DataSummary | null
  analysis: ModelAnalysis
}

/**
 * Returns a function that analyses every model of a document and works out again only the models whose own parts changed:
 * moving a card, renaming the document or editing another model costs nothing. What holds the same as before is the same object
 * (see shareAnalysis). It remembers one document at a time.
 */
export function createAnalyser(): (
  document: UnrollDocument,
  summary: DataSummary | null,
) => Record<string, ModelAnalysis> {
  let memory = new Map<string, Memory>()
  let last: Record<string, ModelAnalysis> = {}
  return (document, summary) => {
    const next = new Map<string, Memory>()
    let changed = memory.size !== document.models.length
    for (const model of document.models) {
      const known = memory.get(model.id)
      const { data, training } = document
      if (
        known &&
        known.model === model &&
        known.data === data &&
        known.training === training &&
        known.summary === summary
      ) {
        next.set(model.id, known)
        continue
      }
      changed = true
      const fresh = analyseModel(document, model.id, summary)
      const analysis = known ? shareAnalysis(known.analysis, fresh) : fresh
      next.set(model.id, { model, data, training, summary, analysis })
    }
    memory = next
    if (changed) last = Object.fromEntries([...next].map(([id, entry]) => [id, entry.analysis]))
    return last
  }
}
