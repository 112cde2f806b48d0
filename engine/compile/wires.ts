import type { Diagnostic } from '../document/diagnostic'
import type { Edit } from '../document/edits'
import type { Model, Wire } from '../document/schema'
import { sortedWires } from '../document/topology'
import type { PortSpec } from '../nodes/defineNode'
import { framesAround, type Nesting } from './frames'
import { diagnose, type End, inputKey, type NodeFacts, type Walls } from './graph'
import { routeThroughWalls } from './route'
import { ownNode, titleOf } from './titles'

export interface Wires {
  /** Node → input port → where its wire comes from. A frame's `leave` stands among its inputs. */
  into: Map<string, Map<string, End & { wire: string }>>
  /** Node → output port → where its wires go. A frame's `enter` stands among its outputs. */
  outOf: Map<string, Map<string, End[]>>
  /** Those that were not refused. */
  sound: Model['wires']
  walls: Walls
}

export type FactsOf = (id: string) => NodeFacts | null

/**
 * Wires whose both ends exist on the same side of every wall, at most one on each input; the others are reported.
 * @param whole the model with its bypassed nodes, which fixes change
 */
export function readWires(
  model: Model,
  nesting: Nesting,
  factsOf: FactsOf,
  problems: Diagnostic[],
  whole: Model = model,
): Wires {
  const into: Wires['into'] = new Map()
  const outOf: Wires['outOf'] = new Map()
  const refused = new Set<string>()
  const walls = { inputs: new Set<string>(), frames: new Set<string>() }
  for (const [id, wire] of sortedWires(model.wires)) {
    const { from, to } = wire
    const refusal = judge(whole, nesting, factsOf, id, wire)
    if (refusal) {
      problems.push(refuse(model, id, refusal))
      refused.add(id)
      if (refusal.walls) walls.inputs.add(inputKey(to.node, to.port))
      for (const frame of refusal.walls ?? []) walls.frames.add(frame)
      continue
    }
    const taken = entry(into, to.node, () => new Map<string, End & { wire: string }>())
    if (taken.has(to.port)) {
      const message = `Two wires go into the same input of ${titleOf(model, to.node)}. Delete one.`
      problems.push(refuse(model, id, { code: 'wire.duplicate', message }))
      refused.add(id)
      continue
    }
    taken.set(to.port, { node: from.node, port: from.port, wire: id })
    entry(
      entry(outOf, from.node, () => new Map<string, End[]>()),
      from.port,
      () => [],
    ).push({ ...to })
  }
  const isSound = ([id]: [string, Wire]): boolean => !refused.has(id)
  const sound = refused.size === 0 ? model.wires : Object.fromEntries(Object.entries(model.wires).filter(isSound))
  return { into, outOf, sound, walls }
}

interface Refusal {
  code: string
  message: string
  /** Instead of the wire; absent: it goes without replacement. */
  instead?: { label: string; edits: Edit[] }
  /** The frames whose walls stand between the ends. */
  walls?: readonly string[]
}

function refuse(model: Model, wire: string, { code, message, instead }: Refusal): Diagnostic {
  const removal: Edit = { kind: 'deleteWires', model: model.id, wires: [wire] }
  const fix = { label: instead?.label ?? 'Delete the wire', edits: [removal, ...(instead?.edits ?? [])] }
  return diagnose('error', code, { kind: 'wire', model: model.id, wire }, message, fix)
}

/** null: nothing speaks against the wire itself. */
function judge(model: Model, nesting: Nesting, factsOf: FactsOf, id: string, { from, to }: Wire): Refusal | null {
  const [source, target] = [factsOf(from.node), factsOf(to.node)]
  // Of what has facts it is known that it is there.
  const isLost = (facts: NodeFacts | null, id: string): boolean => facts === null && !ownNode(model, id)
  const lost = isLost(source, from.node) ? from.node : isLost(target, to.node) ? to.node : null
  if (lost !== null) {
    const message = `A wire leads to the node “${lost}”, which is not there. Delete the wire.`
    return { code: 'wire.dangling', message }
  }
  const [frameOfSource, frameOfTarget] = [nesting.get(from.node) ?? null, nesting.get(to.node) ?? null]
  const [entering, leaving] = [frameOfTarget === from.node, frameOfSource === to.node]
  const straight = from.node === to.node && isWayIn(source, from.port) && isWayOut(target, to.port)
  if (straight) return { code: 'frame.straight', message: straightSentence(titleOf(model, from.node)) }

  if (!hasPort(source, from.port, 'outputs') && !isWayIn(source, from.port)) {
    const message = `${titleOf(model, from.node)} has no output “${from.port}”. Delete the wire.`
    return { code: 'wire.port', message }
  }
  if (!hasPort(target, to.port, 'inputs') && !isWayOut(target, to.port)) {
    const message = `${titleOf(model, to.node)} has no input “${to.port}”. Delete the wire.`
    return { code: 'wire.port', message }
  }
  const beginsInside = source === null ? entering : isWayIn(source, from.port)
  const endsInside = target === null ? leaving : isWayOut(target, to.port)
  const begins = beginsInside ? from.node : frameOfSource
  const ends = endsInside ? to.node : frameOfTarget
  if (begins === ends) return null
  return {
    code: 'wire.wall',
    message: `${wallSentence(model, nesting, { from: begins, to: ends })} Lead it through the way in or out of the frame, or delete it.`,
    walls: wallsBetween(nesting, begins, ends),
    ...through(model, nesting, factsOf, id, from, to),
  }
}

/** Frames that hold one of two places but not the other. */
function wallsBetween(nesting: Nesting, from: string | null, to: string | null): string[] {
  const around = (frame: string | null): string[] => (frame === null ? [] : [frame, ...framesAround(nesting, frame)])
  const [a, b] = [around(from), around(to)]
  return [...a.filter((frame) => !b.includes(frame)), ...b.filter((frame) => !a.includes(frame))]
}

export function straightSentence(title: string): string {
  return `A wire leads from the way in of ${title} straight to its way out, past everything it could hold. Delete the wire.`
}

/** "A wire cannot pass the wall of Stack." `from`, `to`: the frames that the ends lie in; null: none. */
export function wallSentence(
  model: Model,
  nesting: Nesting,
  { from, to }: { from: string | null; to: string | null },
): string {
  const goesDown = to !== null && (from === null || (from !== to && !framesAround(nesting, from).includes(to)))
  return `A wire cannot pass the wall of ${titleOf(model, (goesDown ? to : from) ?? '')}.`
}

function through(
  model: Model,
  nesting: Nesting,
  factsOf: FactsOf,
  wire: string,
  from: End,
  to: End,
): Pick<Refusal, 'instead'> {
  const edits = routeThroughWalls(model, nesting, factsOf, from, to, wire)
  return edits ? { instead: { label: 'Lead it through the frame’s ways in and out', edits } } : {}
}

/** True too for a node of an unknown type: nobody knows its ports. */
function hasPort(facts: NodeFacts | null, port: string, side: 'inputs' | 'outputs'): boolean {
  return facts === null || facts[side].some(({ name }) => name === port)
}

function isWayIn(facts: NodeFacts | null, port: string): boolean {
  return isPort(facts?.definition.frame?.enter, port)
}

function isWayOut(facts: NodeFacts | null, port: string): boolean {
  return isPort(facts?.definition.frame?.leave, port)
}

function isPort(spec: PortSpec | undefined, port: string): boolean {
  return spec !== undefined && spec.name === port
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
