import type { Diagnostic } from '../document/diagnostic'
import type { Edit } from '../document/edits'
import type { GraphNode, Model } from '../document/schema'
import { definitionOf } from '../nodes/index'
import { readSettings } from '../nodes/validate'
import { formatCount, plural } from '../nodes/words'
import { diagnose } from './graph'
import { ownNode, titleOf } from './titles'

/** Frames inside frames; deeper ones were not made by hand. */
export const MAX_DEPTH = 8
/** Nodes after every frame is laid out: as many as a model may have without frames. */
export const MAX_COPIES = 2000

/** Node → the frame that holds it, null: none. Only frames that can hold: a parent that is not there or no frame counts as none. */
export type Nesting = ReadonlyMap<string, string | null>

/** Models are never changed in place, so what was found out about one stays true. */
const remembered = new WeakMap<Model, Nesting>()

export function nestingOf(model: Model): Nesting {
  const known = remembered.get(model)
  if (known) return known
  const nesting = new Map(Object.entries(model.nodes).map(([id, node]) => [id, statedFrame(model, node)] as const))
  for (const id of heldByThemselves(nesting)) nesting.set(id, null)
  remembered.set(model, nesting)
  return nesting
}

/** A parent of a type that this version does not know may well be a frame. */
function statedFrame(model: Model, { parent }: GraphNode): string | null {
  const holder = parent === undefined ? null : ownNode(model, parent)
  if (parent === undefined || !holder) return null
  const definition = definitionOf(holder.type)
  return definition && !definition.frame ? null : parent
}

/** Of every circle of frames that hold each other the smallest id, where it is thought of as cut. */
function heldByThemselves(nesting: Nesting): string[] {
  const cuts = new Set<string>()
  const done = new Set<string>()
  for (const start of nesting.keys()) {
    const way: string[] = []
    let id: string | null = start
    while (id !== null && !done.has(id) && !way.includes(id)) {
      way.push(id)
      id = nesting.get(id) ?? null
    }
    if (id !== null && way.includes(id)) {
      cuts.add(way.slice(way.indexOf(id)).reduce((least, other) => (other < least ? other : least)))
    }
    for (const seen of way) done.add(seen)
  }
  return [...cuts]
}

/** Frames around a node, the innermost first. */
export function framesAround(nesting: Nesting, id: string): string[] {
  const around: string[] = []
  for (let frame = nesting.get(id) ?? null; frame !== null; frame = nesting.get(frame) ?? null) around.push(frame)
  return around
}

/**
 * Where a wire between two ends runs: the frame whose inside it is in, null: outside all frames. For ends that a wall parts it is
 * where the first one lies.
 */
export function levelOf(nesting: Nesting, from: string, to: string): string | null {
  if (nesting.get(to) === from) return from
  return nesting.get(from) ?? null
}

/** How often a frame's content is laid out, by the frame's own settings. */
export function copyCount(model: Model, frame: string): number {
  const node = ownNode(model, frame)
  const definition = node && definitionOf(node.type)
  if (!node || !definition?.frame) return 1
  return definition.frame.copies(readSettings(definition, node.settings).values).length
}

/** How deep a node lies in frames, and how many times they lay it out. */
export interface Depth {
  frames: number
  copies: number
}

export function depthsOf(model: Model, nesting: Nesting): ReadonlyMap<string, Depth> {
  const depths = new Map<string, Depth>()
  const inside = new Map<string, Depth>()
  const within = (frame: string): Depth => {
    const known = inside.get(frame)
    if (known) return known
    const own = depths.get(frame) ?? OUTSIDE
    const found = { frames: own.frames + 1, copies: own.copies * copyCount(model, frame) }
    inside.set(frame, found)
    return found
  }
  for (const id of nesting.keys()) {
    // From the outermost frame in that is not known yet, so that a thousand frames are walked through once.
    const way: string[] = []
    let at: string | null = id
    for (; at !== null && !depths.has(at); at = nesting.get(at) ?? null) way.push(at)
    for (let node = way.pop(); node !== undefined; node = way.pop()) {
      const frame = nesting.get(node) ?? null
      depths.set(node, frame === null ? OUTSIDE : within(frame))
    }
  }
  return depths
}

const OUTSIDE: Depth = { frames: 0, copies: 1 }

/** Nodes that say they lie where they cannot, frames too deep, and too many copies. `fits`: may the content be laid out? */
export function checkNesting(model: Model): { problems: Diagnostic[]; fits: boolean } {
  const nesting = nestingOf(model)
  const problems = Object.entries(model.nodes)
    .filter(([id, { parent }]) => parent !== undefined && nesting.get(id) === null)
    .map(([id, { parent }]) => notHeld(model, id, parent ?? ''))
  const depths = depthsOf(model, nesting)
  const deep = [...nesting.keys()].filter((id) => depths.get(id)?.frames === MAX_DEPTH + 1)
  problems.push(...deep.map((id) => tooDeep(model, id)))
  const many = deep.length === 0 ? tooMany(model, nesting, depths) : null
  if (many) problems.push(many)
  return { problems, fits: deep.length === 0 && many === null }
}

function takeOut(model: Model, id: string): { label: string; edits: Edit[] } {
  const edits: Edit[] = [{ kind: 'setParent', model: model.id, nodes: [id], parent: null, positions: {} }]
  return { label: `Take ${titleOf(model, id)} out`, edits }
}

function notHeld(model: Model, id: string, parent: string): Diagnostic {
  const title = titleOf(model, id)
  const place = { kind: 'node', model: model.id, node: id } as const
  const holder = ownNode(model, parent)
  const why = !holder
    ? 'a frame that is not there'
    : definitionOf(holder.type)?.frame
      ? 'a frame that lies in it itself'
      : `${titleOf(model, parent)}, which cannot hold nodes`
  const sentence = `${title} lies in ${why}, so it is treated as lying outside. Take it out, or put it into a frame.`
  return diagnose('warning', 'node.frame', place, sentence, takeOut(model, id))
}

function tooDeep(model: Model, id: string): Diagnostic {
  const place = { kind: 'node', model: model.id, node: id } as const
  const sentence = `${titleOf(model, id)} lies in more than ${MAX_DEPTH} frames one inside the other. Take it out of some of them.`
  return diagnose('error', 'frame.depth', place, sentence, takeOut(model, id))
}

/** Tells of the frame to which most of the copies are due and that can be told to make fewer. */
function tooMany(model: Model, nesting: Nesting, depths: ReadonlyMap<string, Depth>): Diagnostic | null {
  const due = new Map<string, number>()
  let total = 0
  for (const id of nesting.keys()) {
    const copies = depths.get(id)?.copies ?? 1
    total += copies
    for (const frame of framesAround(nesting, id)) due.set(frame, (due.get(frame) ?? 0) + copies)
  }
  if (total <= MAX_COPIES) return null
  const times = (frame: string): number => copyCount(model, frame)
  const settable = [...due].filter(([frame]) => countSetting(model, frame) !== null && times(frame) > 1)
  const [frame, share] = (settable.length > 0 ? settable : [...due]).reduce((most, one) =>
    one[1] > most[1] || (one[1] === most[1] && one[0] < most[0]) ? one : most,
  )
  const setting = countSetting(model, frame)
  const one = share / times(frame)
  const fewer = Math.max(1, Math.floor((MAX_COPIES - (total - share)) / one))
  const fix =
    setting === null || times(frame) === 1
      ? null
      : {
          label: `Set ${setting.label} of ${titleOf(model, frame)} to ${formatCount(fewer)}`,
          edits: [{ kind: 'setSetting' as const, model: model.id, node: frame, setting: setting.key, value: fewer }],
        }
  return diagnose(
    'error',
    'frame.copies',
    { kind: 'node', model: model.id, node: frame },
    `Laid out with every copy that its frames make, the model would have ${plural(total, 'node')}; ${formatCount(MAX_COPIES)} is the most. Let ${titleOf(model, frame)} make fewer copies.`,
    fix,
  )
}

function countSetting(model: Model, frame: string): { key: string; label: string } | null {
  const definition = definitionOf(ownNode(model, frame)?.type ?? '')
  const key = definition?.frame?.countSetting
  return key === undefined ? null : { key, label: definition?.settings[key]?.label ?? key }
}
