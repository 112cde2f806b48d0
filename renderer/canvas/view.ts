import { create } from 'zustand'
import type { Act } from '../../engine/document/edits'
import type { Position } from '../../engine/document/layoutSchema'
import type { Joint } from './acts/addNode'
import type { End, Side } from './acts/ends'

/** A wire that is being drawn, or the end of one that is being moved. */
export interface Wiring {
  start: End
  side: Side
  /** Keys (see endKey) of the sockets on the other side that it may go to. */
  fits: ReadonlySet<string>
  /** The wire whose end is moved; null for a new one. */
  moved: string | null
  /** True when sockets are clicked one after the other; false while dragging. */
  clicking: boolean
}

/** Where the list of nodes is open, and what the chosen node will be joined to. */
export interface AddSearch {
  /** Pixels from the canvas's top left corner. */
  at: Position
  /** Where the new card goes, in canvas pixels. */
  place: Position
  joint: Joint | null
  /** Opened by keyboard: the new card goes behind the selected one and is joined to it when it fits. */
  behindSelected?: boolean
}

export interface Refusal {
  at: Position
  message: string
  adapters: readonly Act[]
}

export type MenuTarget =
  | { kind: 'node'; node: string }
  | { kind: 'wire'; wire: string }
  | { kind: 'group'; group: string }
  | { kind: 'note'; note: string }
  | { kind: 'canvas'; place: Position }

/** What other parts may ask of the canvas; there while it is on the screen. */
export interface CanvasPort {
  /** Middle of what is seen, in canvas pixels. */
  middle(): Position
  /** Canvas pixels of a point that is given in pixels from the canvas's top left corner. */
  toPlace(at: Position): Position
  fit(nodes?: readonly string[]): void
  /** Does an act whose cards glide to their new places. */
  glide(act: () => void): void
  zoomTo(zoom: number): void
  zoomBy(factor: number): void
  /** Opens the list of nodes at the pointer, or in the middle when it is elsewhere. */
  openSearch(): void
  /** Gives the canvas the keyboard, after a small window over it has closed. */
  focusCanvas(): void
}

export interface CanvasView {
  wiring: Wiring | null
  /** The wire under the pointer or with the keyboard's focus: it tells its shape. */
  hovered: string | null
  /** The wire that a dragged node would be put into. */
  dropTarget: string | null
  /** The frame that a dragged node would be put into. */
  dropFrame: string | null
  /** The group that a dragged node would join. */
  dropGroup: string | null
  /** Nodes that would leave their group if they were let go now. */
  leaving: ReadonlySet<string>
  search: AddSearch | null
  refusal: Refusal | null
  menu: { at: Position; target: MenuTarget } | null
  /** The node type, or the block of the user's own, that is being dragged from the palette. */
  carried: string | null
  /** The card (a node's or a closed group's) whose "Connect to…" dialog is open. */
  connecting: string | null
  /** The wire of which an end is moved by the dialog, and the side that this end is on. */
  moving: { wire: string; side: Side } | null
  /** The dialog that puts the selection into a frame is open. */
  putting: boolean
  /** The dialog that goes to a node is open. */
  finding: boolean
  port: CanvasPort | null
}

const nothing: CanvasView = {
  wiring: null,
  hovered: null,
  dropTarget: null,
  dropFrame: null,
  dropGroup: null,
  leaving: new Set(),
  search: null,
  refusal: null,
  menu: null,
  carried: null,
  connecting: null,
  moving: null,
  putting: false,
  finding: false,
  port: null,
}

/** What is going on on the canvas right now; none of it is part of the document or its history. */
export const useCanvasView = create<CanvasView>()(() => nothing)

export const canvasView = {
  get: useCanvasView.getState,
  set: useCanvasView.setState,
  /** Closes whatever is open; true when something was. */
  close(): boolean {
    const { wiring, search, refusal, menu } = useCanvasView.getState()
    if (!wiring && !search && !refusal && !menu) return false
    useCanvasView.setState({ wiring: null, search: null, refusal: null, menu: null })
    return true
  },
}
