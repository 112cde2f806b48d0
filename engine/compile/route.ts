import { freshWireId } from '../document/create'
import type { Edit } from '../document/edits'
import type { Model } from '../document/schema'
import type { PortKind } from '../nodes/defineNode'
import { framesAround, type Nesting } from './frames'
import type { End, NodeFacts } from './graph'
import { ancestors } from './reach'

type FactsOf = (id: string) => NodeFacts | null

/**
 * Wires from one end to another through the ways in and out of all frames between them; null where what flows does not fit, a way is
 * taken by something else, or a circle would close. Ways that carry the same thing already are used again.
 * @param replaced a wire that will be gone
 */
export function routeThroughWalls(
  model: Model,
  nesting: Nesting,
  factsOf: FactsOf,
  from: End,
  to: End,
  replaced: string | null = null,
): Edit[] | null {
  const kinds = portKinds(factsOf(from.node), from.port, 'outputs')
  const taken = portKinds(factsOf(to.node), to.port, 'inputs')
  if (kinds === null || taken === null) return null
  const up = [...insideOf(factsOf, nesting, from, 'enter')]
  const down = [...insideOf(factsOf, nesting, to, 'leave')]
  while (up.length > 0 && up.at(-1) === down.at(-1)) {
    up.pop()
    down.pop()
  }
  const hops: End[] = []
  const crossed: End[] = []
  for (const [frames, goingUp] of [
    [up, true],
    [down.reverse(), false],
  ] as const) {
    for (const frame of frames) {
      const facts = factsOf(frame)
      const ways = facts?.definition.frame
      const port = goingUp ? facts?.outputs[0]?.name : facts?.inputs[0]?.name
      if (!ways || port === undefined) return null
      const fits = (spec: { kinds: readonly PortKind[] }) => spec.kinds.some((kind) => kinds.includes(kind))
      if (!fits(ways.enter) || !ways.leave.kinds.some((kind) => taken.includes(kind))) return null
      hops.push({ node: frame, port: goingUp ? ways.leave.name : port })
      crossed.push({ node: frame, port: goingUp ? port : ways.enter.name })
    }
  }
  return wiresAlong(model, [...hops, to], [from, ...crossed], replaced)
}

/** A wire from `sources[i]` to `targets[i]` each, where there is none yet. */
function wiresAlong(
  model: Model,
  targets: readonly End[],
  sources: readonly End[],
  replaced: string | null,
): Edit[] | null {
  const edits: Edit[] = []
  const ids: string[] = []
  for (const [index, target] of targets.entries()) {
    const source = sources[index]
    if (!source || ancestors(model, source.node).has(target.node)) return null
    const there = Object.entries(model.wires).find(
      ([id, wire]) => id !== replaced && wire.to.node === target.node && wire.to.port === target.port,
    )?.[1]
    const last = index === targets.length - 1
    if (there && !last) {
      if (there.from.node !== source.node || there.from.port !== source.port) return null
      continue
    }
    const wire = freshWireId(model, ids)
    ids.push(wire)
    edits.push({ kind: 'connect', model: model.id, wire, from: { ...source }, to: { ...target } })
  }
  return edits
}

/** The frames that an end lies in, the innermost first; an inner port lies in its own frame. */
export function insideOf(factsOf: FactsOf, nesting: Nesting, end: End, inner: 'enter' | 'leave'): string[] {
  const around = framesAround(nesting, end.node)
  return factsOf(end.node)?.definition.frame?.[inner].name === end.port ? [end.node, ...around] : around
}

function portKinds(facts: NodeFacts | null, port: string, side: 'inputs' | 'outputs'): readonly PortKind[] | null {
  const frame = facts?.definition.frame
  const inner = side === 'outputs' ? frame?.enter : frame?.leave
  if (inner?.name === port) return inner.kinds
  return facts?.[side].find(({ name }) => name === port)?.kinds ?? null
}
