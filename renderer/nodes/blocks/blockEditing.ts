import type { SavedBlock } from '../../../electron/contract'
import { nestingOf } from '../../../engine/compile/frames'
import type { Position } from '../../../engine/document/layoutSchema'
import { plural } from '../../../engine/nodes/words'
import { frameOf, type Joint } from '../../canvas/acts/addNode'
import { type Clip, clipBounds, clipText, pasteAct, readClip } from '../../canvas/acts/clipboard'
import { mayLieInside } from '../../canvas/acts/frames'
import { currentContext, positions, rectangleOf, takenOnSheet } from '../../canvas/editing'
import { freePlace, placeAfter } from '../../canvas/geometry'
import { hiddenNodes } from '../../canvas/groups/blocks'
import { currentGroups, currentNotes } from '../../canvas/groups/currentGroups'
import { nameOf } from '../../canvas/groups/groupActs'
import { showGroup } from '../../canvas/groups/groupEditing'
import { cornerOf, frameAt } from '../../canvas/places'
import { canvasView } from '../../canvas/view'
import { tell } from '../../shell/notify'
import { useDocument } from '../../state/document'
import { useSelection } from '../../state/selection'
import { nodeFacts } from '../nodeFacts'
import { joinBlock, joinInput } from './blockJoints'
import { keepBlock } from './blocks'

/** Puts a group into the user's own palette. */
export async function keepGroup(group: string): Promise<void> {
  const one = currentGroups()[group]
  const text = one && clipText(currentContext().model, one.nodes, positions(), { groups: { [group]: one }, notes: {} })
  if (one && text) await keepBlock(nameOf(one), text)
}

/** How many nodes a block brings, for its line in a list; 0 when it cannot be read. */
export function nodeCount(block: SavedBlock): number {
  return Object.keys(readClip(block.text)?.nodes ?? {}).length
}

/** "Your block of 3 nodes". */
export function blockWords(block: SavedBlock): string {
  const count = nodeCount(block)
  return count === 0 ? 'This block cannot be read.' : `Your block of ${plural(count, 'node')}.`
}

/**
 * Inserts a block as a closed group: around `place`, wired as `joint` says; or without a place behind the selected node and joined to it
 * when it fits, else in the middle of the view. One act.
 */
export function insertBlock(block: SavedBlock, place?: Position, joint: Joint | null = null): void {
  const clip = readClip(block.text)
  if (!clip) {
    tell(`“${block.name}” cannot be read: delete it from My blocks and save it again.`)
    return
  }
  const { model } = currentContext()
  const selected = useSelection.getState().nodes
  const behind = place === undefined && selected.length === 1 ? (selected[0] ?? null) : null
  const size = clipBounds(clip)
  const frame = joint
    ? frameOf(model, joint)
    : place
      ? frameFor(clip, place)
      : behind === null
        ? null
        : (nestingOf(model).get(behind) ?? null)
  const made = pasteAct(model, clip, {
    place: { kind: 'at', position: place ? around(place, size) : freeCorner(size, behind, frame) },
    keepIncoming: false,
    into: intoFrame(clip, frame),
    here: { groups: currentGroups(), notes: currentNotes() },
    block: block.name,
    verb: 'Insert',
  })
  if (!made) {
    tell(`“${block.name}” holds only what the model has already.`)
    return
  }
  const merge = `insert:${made.nodes.join(',')}`
  useDocument.getState().apply(made.act, { merge })
  const [group] = made.groups
  if (group === undefined) return
  if (joint) joinBlock(group, joint, merge)
  else if (behind !== null) joinBehind(behind, group, merge)
  useDocument.getState().endMerge()
  showGroup(group)
}

interface Size {
  width: number
  height: number
}

function around({ x, y }: Position, { width, height }: Size): Position {
  return { x: x - width / 2, y: y - height / 2 }
}

/** Behind the selected node or in the middle of the view, where nothing is in the way. */
function freeCorner(size: Size, behind: string | null, frame: string | null): Position {
  const taken = takenOnSheet(frame)
  const middle = canvasView.get().port?.middle() ?? { x: 0, y: 0 }
  const wanted = behind === null ? around(middle, size) : placeAfter(rectangleOf(behind))
  return freePlace(wanted, size, taken)
}

/** The frame under a place, if all that is inserted may lie in one. */
function frameFor(clip: Clip, place: Position): string | null {
  const { model } = currentContext()
  const types = { ...model, nodes: clip.nodes }
  if (!Object.keys(clip.nodes).every((node) => mayLieInside(types, node))) return null
  return frameAt(model, positions(), place, hiddenNodes(model, currentGroups()).keys())
}

function intoFrame(clip: Clip, frame: string | null): Record<string, { frame: string; corner: Position }> {
  if (frame === null) return {}
  const corner = cornerOf(currentContext().model, positions(), frame)
  const tops = Object.entries(clip.nodes).filter(([, { parent }]) => parent === undefined || !(parent in clip.nodes))
  return Object.fromEntries(tops.map(([id]) => [id, { frame, corner }]))
}

/** Lays the wire from the node that was selected to the first socket of the block that takes it. */
function joinBehind(node: string, group: string, merge: string): void {
  const { model, summary } = currentContext()
  for (const { name } of nodeFacts(model, node, summary)?.outputs ?? []) {
    if (joinInput(group, { node, port: name }, merge)) return
  }
}
