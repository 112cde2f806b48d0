import type { Diagnostic } from '../document/diagnostic'
import type { Model } from '../document/schema'
import { type TitleOf, topologicalOrder } from '../document/topology'
import type { Pass } from './graph'

/** Circles reported one by one; a file with more was not made by hand. */
const MAX_CYCLES = 16

/**
 * Every node, so that wires lead forwards wherever they can. A circle is reported and then thought of as cut at the wire that its
 * fix would delete, so that the rest of the model still gets its shapes.
 */
export function orderNodes(model: Model, titleOf: TitleOf): Pass<string[]> {
  const problems: Diagnostic[] = []
  let open = model
  for (let circles = 0; circles < MAX_CYCLES; circles++) {
    const order = topologicalOrder(open, titleOf)
    if (order.ok) return { value: order.value, problems }
    problems.push(...order.problems)
    const cut = new Set(
      order.problems.flatMap(({ fix }) =>
        (fix?.edits ?? []).flatMap((edit) => (edit.kind === 'deleteWires' ? edit.wires : [])),
      ),
    )
    if (cut.size === 0) break
    const wires = Object.entries(open.wires).filter(([id]) => !cut.has(id))
    open = { ...open, wires: Object.fromEntries(wires) }
  }
  return { value: Object.keys(model.nodes).sort(), problems }
}
