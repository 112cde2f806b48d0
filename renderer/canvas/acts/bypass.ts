import { whyNotBypassed } from '../../../engine/compile/bypass'
import type { Act } from '../../../engine/document/edits'
import type { Model } from '../../../engine/document/schema'
import { plural } from '../../../engine/nodes/words'
import { titleOf } from '../../nodes/nodeFacts'

/** Those of the nodes that can be bypassed. */
export function bypassable(model: Model, nodes: readonly string[]): string[] {
  return nodes.filter((id) => id in model.nodes && whyNotBypassed(model, id) === null)
}

/** Are all that can be bypassed so already, so that the act switches them on again? */
export function allBypassed(model: Model, nodes: readonly string[]): boolean {
  const able = bypassable(model, nodes)
  return able.length > 0 && able.every((id) => model.nodes[id]?.bypassed === true)
}

/** Bypasses the nodes that can be, or switches them on again; null: none can. */
export function bypassAct(model: Model, nodes: readonly string[], bypassed: boolean): Act | null {
  const able = bypassable(model, nodes)
  const [first] = able
  const only = first === undefined || able.length > 1 ? undefined : model.nodes[first]
  const what = only ? titleOf(only) : plural(able.length, 'node')
  if (able.length === 0) return null
  return {
    label: bypassed ? `Bypass ${what}` : `Switch ${what} on again`,
    edits: [{ kind: 'setBypassed', model: model.id, nodes: able, bypassed }],
  }
}
