import type { DragEvent } from 'react'
import type { SavedBlock } from '../../electron/contract'
import type { Position } from '../../engine/document/layoutSchema'
import { definitionOf } from '../../engine/nodes/index'
import { insertBlock } from '../nodes/blocks/blockEditing'
import { blockFits } from '../nodes/blocks/blockJoints'
import { blockOf } from '../nodes/blocks/blocks'
import type { Joint } from './acts/addNode'
import { wireForNew, wireUnder } from './dropTargets'
import { addAt, currentContext } from './editing'
import { CARD } from './geometry'
import { addNote } from './notes/noteEditing'
import { canvasView } from './view'

/** Marks a drag that comes from the palette. */
export const NODE_MIME = 'application/x-unroll-node'
/** Marks a drag of one of the user's own blocks. */
export const BLOCK_MIME = 'application/x-unroll-block'
export const NOTE_MIME = 'application/x-unroll-note'

/** Where the card goes so that the pointer holds its head. */
function placeUnder(pointer: Position): Position {
  return { x: pointer.x - CARD.width / 2, y: pointer.y - CARD.height / 2 }
}

/** A node type is dragged over the canvas: the wire it would be put into lights up. */
export function dragOverCanvas(event: DragEvent, toFlow: (client: Position) => Position): void {
  const { types } = event.dataTransfer
  if (types.includes(BLOCK_MIME) || types.includes(NOTE_MIME)) {
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    const carried = types.includes(BLOCK_MIME) ? blockOf(canvasView.get().carried ?? '') : null
    markTarget(carried && wireForBlock(carried, toFlow({ x: event.clientX, y: event.clientY })))
    return
  }
  const definition = definitionOf(canvasView.get().carried ?? '')
  if (!definition || !types.includes(NODE_MIME)) return
  event.preventDefault()
  event.dataTransfer.dropEffect = 'copy'
  const joint = wireForNew(currentContext(), definition, placeUnder(toFlow({ x: event.clientX, y: event.clientY })))
  markTarget(joint)
}

/** Lights up the wire that something would be put into. */
function markTarget(joint: Joint | null): void {
  const target = joint?.kind === 'into' ? joint.wire : null
  if (canvasView.get().dropTarget !== target) canvasView.set({ dropTarget: target })
}

/** The wire under the pointer, if the block fits into it. */
function wireForBlock(block: SavedBlock, pointer: Position): Joint | null {
  const context = currentContext()
  const joint = wireUnder(context, pointer)
  return joint && blockFits(block.text, joint, context.summary) ? joint : null
}

export function leaveCanvas(): void {
  canvasView.set({ dropTarget: null })
}

export function dropOnCanvas(event: DragEvent, toFlow: (client: Position) => Position): void {
  if (event.dataTransfer.types.includes(NOTE_MIME)) {
    event.preventDefault()
    addNote(toFlow({ x: event.clientX, y: event.clientY }))
    return
  }
  const block = blockOf(event.dataTransfer.getData(BLOCK_MIME))
  if (block) {
    event.preventDefault()
    canvasView.set({ dropTarget: null, carried: null })
    const pointer = toFlow({ x: event.clientX, y: event.clientY })
    insertBlock(block, pointer, wireForBlock(block, pointer))
    return
  }
  const definition = definitionOf(event.dataTransfer.getData(NODE_MIME))
  canvasView.set({ dropTarget: null, carried: null })
  if (!definition) return
  event.preventDefault()
  const place = placeUnder(toFlow({ x: event.clientX, y: event.clientY }))
  addAt(definition, place, wireForNew(currentContext(), definition, place))
}
