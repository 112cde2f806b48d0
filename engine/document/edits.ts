import type { DataDefinition } from './dataSchema'
import type { GroupEdit } from './groups'
import type { Position } from './layoutSchema'
import type { Model, UnrollDocument } from './schema'
import type { TrainingSettings } from './trainingSchema'
import type { VersionEdit } from './versions'

/** Every way a document can change, as plain data: what a fix carries, what a gesture makes, what history names. */
export type Edit =
  | VersionEdit
  | GroupEdit
  | { kind: 'renameDocument'; name: string }
  | { kind: 'setData'; data: DataDefinition }
  | { kind: 'setTraining'; changes: Partial<TrainingSettings> }
  | { kind: 'addModel'; model: Model; positions: Record<string, Position> }
  | { kind: 'renameModel'; model: string; name: string }
  | { kind: 'deleteModel'; model: string }
  /** Puts a model's tab elsewhere; `index` is its place among all of them afterwards. */
  | { kind: 'moveModel'; model: string; index: number }
  | {
      kind: 'addNode'
      model: string
      node: string
      type: string
      settings: Record<string, unknown>
      /** Inside a frame: from its top left corner. */
      position: Position
      /** The frame that is to hold it; must be there already. Absent: none. */
      parent?: string
    }
  | { kind: 'deleteNodes'; model: string; nodes: string[] }
  | { kind: 'renameNode'; model: string; node: string; name: string }
  /** Training leaves the node's weights as they are, or moves them again. */
  | { kind: 'setFrozen'; model: string; node: string; frozen: boolean }
  /** Leaves nodes out of the computation, what comes in going on to where their output leads; or switches them on again. */
  | { kind: 'setBypassed'; model: string; nodes: string[]; bypassed: boolean }
  | { kind: 'setSetting'; model: string; node: string; setting: string; value: unknown }
  | {
      kind: 'connect'
      model: string
      wire: string
      from: { node: string; port: string }
      to: { node: string; port: string }
    }
  | { kind: 'deleteWires'; model: string; wires: string[] }
  /** What a position does not say (a frame's width and height) stays; said as undefined it goes. */
  | { kind: 'moveNodes'; model: string; positions: Record<string, Position> }
  /**
   * Puts nodes into a frame, or, with `parent` null, outside all frames. `positions` are those in their new place; a node without one
   * keeps its numbers. Wires stay: those that now cross a wall are told as mistakes unless the same act leads them otherwise.
   */
  | { kind: 'setParent'; model: string; nodes: string[]; parent: string | null; positions: Record<string, Position> }

/** The act's name in the undo menu and its edits; one act is one undo entry. */
export interface Act {
  label: string
  edits: Edit[]
}

export type { UnrollDocument }
