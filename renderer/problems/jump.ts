import { assertNever } from '../../engine/base/invariant'
import type { Diagnostic, Place } from '../../engine/document/diagnostic'
import { dataNodeOf } from '../nodes/nodeFacts'
import { activeModelOf, useDocument } from '../state/document'
import { useSelection } from '../state/selection'

/** Shows where a problem is: the right model, the node in view and selected, the field focused. */
export function jumpTo(place: Place): void {
  const { document, activeModel, setActiveModel } = useDocument.getState()
  const { show, select, clear, wishFocus } = useSelection.getState()
  if ('model' in place && place.model !== activeModel && document.models.some(({ id }) => id === place.model)) {
    setActiveModel(place.model)
  }
  switch (place.kind) {
    case 'node':
      show([place.node], place.setting ? { kind: 'setting', node: place.node, setting: place.setting } : null)
      return
    case 'port':
      show([place.node])
      return
    case 'wire': {
      const wire = document.models.find(({ id }) => id === place.model)?.wires[place.wire]
      if (wire) show([wire.from.node, wire.to.node])
      select({ wires: [place.wire] })
      return
    }
    case 'data':
    case 'file': {
      const node = dataNodeOf(activeModelOf(useDocument.getState()))
      if (node) show([node], { kind: 'data', field: place.kind === 'data' ? (place.field ?? null) : null })
      return
    }
    case 'training':
      clear()
      if (place.field) wishFocus({ kind: 'training', field: place.field })
      return
    case 'model':
    case 'document':
      clear()
      return
    default:
      assertNever(place)
  }
}

/** Shows the first error, or the first warning: what Train does when the model cannot be trained yet. */
export function jumpToFirst(problems: readonly Diagnostic[]): void {
  const first = problems.find(({ severity }) => severity === 'error') ?? problems[0]
  if (first) jumpTo(first.place)
}
