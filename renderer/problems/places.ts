import { assertNever } from '../../engine/base/invariant'
import type { Place } from '../../engine/document/diagnostic'
import type { UnrollDocument } from '../../engine/document/schema'
import { dataNodeOf, nodeFacts, titleOf } from '../nodes/nodeFacts'

/** Where a problem is, in the user's words: "LSTM 2 · Memory cells"; empty where the sentence says it all. */
export function placeWords(place: Place, document: UnrollDocument): string {
  const model = 'model' in place ? document.models.find(({ id }) => id === place.model) : undefined
  const title = (node: string): string => {
    const found = model?.nodes[node]
    return found ? titleOf(found) : node
  }
  switch (place.kind) {
    case 'document':
      return ''
    case 'file':
      return [place.path, place.line ? `line ${place.line}` : '', place.column ?? ''].filter(Boolean).join(' · ')
    case 'data':
      return 'Data'
    case 'training':
      return 'Training'
    case 'model':
      return model?.name ?? ''
    case 'node': {
      const setting = place.setting && model && nodeFacts(model, place.node, null)?.definition?.settings[place.setting]
      return setting ? `${title(place.node)} · ${setting.label}` : title(place.node)
    }
    case 'port':
      return title(place.node)
    case 'wire': {
      const wire = model?.wires[place.wire]
      return wire ? `${title(wire.from.node)} → ${title(wire.to.node)}` : 'Wire'
    }
    default:
      return assertNever(place)
  }
}

/** The node that stands for the data in a model of the document. */
export function dataNode(document: UnrollDocument, modelId: string): string | null {
  const model = document.models.find(({ id }) => id === modelId)
  return model ? dataNodeOf(model) : null
}
