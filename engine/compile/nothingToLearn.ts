import type { Diagnostic, Fix } from '../document/diagnostic'
import type { Model, UnrollDocument } from '../document/schema'
import { chainLabel, chainsThrough, insertChain } from './adapters'
import { diagnose, type ShapedNode } from './graph'

/** A model without weights can be run but not trained. */
export function nothingToLearn(
  document: UnrollDocument,
  model: Model,
  nodes: ReadonlyMap<string, ShapedNode>,
): Diagnostic {
  return diagnose(
    'error',
    'model.nothingToLearn',
    { kind: 'model', model: model.id },
    'Nothing in this model can learn: none of its nodes has weights. Put an LSTM, a GRU or a Dense in between.',
    layerBeforeEnd(document, model, nodes),
  )
}

/** A layer of the width that is there already, in front of the first output of the model that can have one; null: none can. */
function layerBeforeEnd(document: UnrollDocument, model: Model, nodes: ReadonlyMap<string, ShapedNode>): Fix | null {
  for (const end of nodes.values()) {
    if (end.outputs.length > 0 || !end.used || end.parent !== null) continue
    for (const [port, source] of end.sources) {
      const shape = end.inputShapes[port]
      const chain = shape && chainsThrough(shape.kind)[0]
      if (!chain) continue
      const edits = insertChain(document, model, source, { node: end.id, port }, chain)
      return { label: `${chainLabel(chain)} before ${end.title}`, edits }
    }
  }
  return null
}
