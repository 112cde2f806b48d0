import { present } from '../../base/invariant'
import { applyEdits } from '../../document/applyEdit'
import { freshNodeId, freshWireId } from '../../document/create'
import type { Edit } from '../../document/edits'
import type { Position } from '../../document/layoutSchema'
import type { Model, UnrollDocument } from '../../document/schema'
import { frameIn, frameOut } from '../../nodes/frame'
import { IN, OUT } from '../../nodes/lowering'
import { CARD, positionOf } from '../adapters'
import { dissolveFrame } from '../dissolveFrame'
import { nestingOf } from '../frames'

type End = Model['wires'][string]['from']
type Settings = Record<string, unknown>

/** From the left edge of one card to that of the next, long titles included, and where the first card of a frame stands in it. */
const PITCH = CARD.width + CARD.gap
const INSIDE: Position = { x: 88, y: 56 }

/** A copy of one model that is rebuilt step by step, its cards with it. */
export class Draft {
  private document: UnrollDocument
  private readonly id: string

  constructor(document: UnrollDocument, model: Model) {
    this.id = model.id
    const layout = document.layout[model.id]
    const { versions: _, ...rest } = document
    this.document = {
      ...rest,
      models: [model],
      layout: { [model.id]: { nodes: {}, ...layout } },
    }
  }

  get model(): Model {
    return present(this.document.models[0], 'a draft holds one model')
  }

  /** Of every card that has one. */
  get positions(): Record<string, Position> {
    return { ...this.document.layout[this.id]?.nodes }
  }

  /** What puts the groups and notes of the canvas beside the model once it is added. */
  get marks(): Edit[] {
    const { groups = {}, notes = {} } = this.document.layout[this.id] ?? {}
    return [
      ...Object.entries(groups).map(([group, value]): Edit => ({ kind: 'setGroup', model: this.id, group, value })),
      ...Object.entries(notes).map(([note, value]): Edit => ({ kind: 'setNote', model: this.id, note, value })),
    ]
  }

  /** Puts a node of another type where one stands; returns its id. */
  replace(node: string, type: string, settings: Settings): string {
    const made = this.add(type, settings, this.placeOf(node), node)
    const source = this.sourceOf(node, IN)
    if (source) this.connect(source, { node: made, port: IN })
    for (const reader of this.readersOf(node)) this.connect({ node: made, port: OUT }, reader)
    this.apply({ kind: 'deleteNodes', model: this.id, nodes: [node] })
    return made
  }

  /** Puts a node into the wire that leads to `node`; returns its id. */
  insertBefore(node: string, type: string, settings: Settings): string {
    const source = present(this.sourceOf(node, IN), `nothing leads to ${node}`)
    const place = this.placeOf(node)
    this.makeRoom(this.parentOf(node), place.x)
    const made = this.add(type, settings, place, node)
    this.connect(source, { node: made, port: IN })
    this.connect({ node: made, port: OUT }, { node, port: IN })
    return made
  }

  /** Puts a node into all wires that lead on from `node`; returns its id. */
  insertAfter(node: string, type: string, settings: Settings): string {
    const place = this.placeOf(node)
    const readers = this.readersOf(node)
    this.makeRoom(this.parentOf(node), place.x + 1)
    const made = this.add(type, settings, { x: place.x + PITCH, y: place.y }, node)
    this.connect({ node, port: OUT }, { node: made, port: IN })
    for (const reader of readers) this.connect({ node: made, port: OUT }, reader)
    return made
  }

  /** Takes a node away and leads what came to it on to where it led. */
  remove(node: string): void {
    const source = this.sourceOf(node, IN)
    for (const reader of this.readersOf(node)) if (source) this.connect(source, reader)
    this.apply({ kind: 'deleteNodes', model: this.id, nodes: [node] })
  }

  /** Puts a frame of this type around one node; returns the frame's id. */
  wrap(node: string, type: string, settings: Settings): string {
    const frame = this.add(type, settings, this.placeOf(node), node)
    const source = present(this.sourceOf(node, IN), `nothing leads to ${node}`)
    const readers = this.readersOf(node)
    this.makeRoom(this.parentOf(node), this.placeOf(node).x + 1)
    this.apply({ kind: 'setParent', model: this.id, nodes: [node], parent: frame, positions: { [node]: INSIDE } })
    this.connect(source, { node: frame, port: IN })
    this.connect({ node: frame, port: frameIn.name }, { node, port: IN })
    for (const reader of readers) this.connect({ node: frame, port: OUT }, reader)
    this.connect({ node, port: OUT }, { node: frame, port: frameOut.name })
    return frame
  }

  /** Takes a frame away and leaves what it holds in its place. */
  dissolve(frame: string): void {
    this.apply(...dissolveFrame(this.document, this.model, frame))
  }

  /** The frame around all others that hold this node, or the node itself. */
  outermost(node: string): string {
    const nesting = nestingOf(this.model)
    let at = node
    for (let frame = nesting.get(at) ?? null; frame !== null; frame = nesting.get(at) ?? null) at = frame
    return at
  }

  /** Where the wire to an input comes from; null: there is none. */
  sourceOf(node: string, port: string): End | null {
    return Object.values(this.model.wires).find(({ to }) => to.node === node && to.port === port)?.from ?? null
  }

  private readersOf(node: string): End[] {
    return Object.values(this.model.wires)
      .filter(({ from }) => from.node === node && from.port === OUT)
      .map(({ to }) => to)
  }

  private parentOf(node: string): string | null {
    return nestingOf(this.model).get(node) ?? null
  }

  private placeOf(node: string): Position {
    return positionOf(this.document, this.model, node)
  }

  /** In the frame and in the group of the node that it is made for. */
  private add(type: string, settings: Settings, position: Position, beside: string): string {
    const node = freshNodeId(this.model, type)
    const parent = this.parentOf(beside)
    const held = parent === null ? {} : { parent }
    this.apply({ kind: 'addNode', model: this.id, node, type, settings, position, ...held })
    for (const [group, value] of Object.entries(this.document.layout[this.id]?.groups ?? {})) {
      if (!value.nodes.includes(beside)) continue
      const grown = { ...value, nodes: [...value.nodes, node] }
      this.apply({ kind: 'setGroup', model: this.id, group, value: grown })
    }
    return node
  }

  private connect(from: End, to: End): void {
    const wire = freshWireId(this.model)
    this.apply({ kind: 'connect', model: this.id, wire, from: { ...from }, to: { ...to } })
  }

  /** Moves everything from `x` on to the right by one card; a frame grows, so that what stands behind it moves too. */
  private makeRoom(parent: string | null, x: number): void {
    const nesting = nestingOf(this.model)
    const { positions } = this
    const moved = Object.entries(positions).filter(([id, place]) => nesting.get(id) === parent && place.x >= x)
    this.apply({
      kind: 'moveNodes',
      model: this.id,
      positions: Object.fromEntries(moved.map(([id, place]) => [id, { x: place.x + PITCH, y: place.y }])),
    })
    if (parent === null) return
    // As wide as it needs again.
    const { x: left, y: top, height } = present(this.positions[parent] ?? { x: 0, y: 0 }, 'a frame has a place')
    const grown = { x: left, y: top, width: undefined, ...(height === undefined ? {} : { height }) }
    this.apply({ kind: 'moveNodes', model: this.id, positions: { [parent]: grown } })
    this.makeRoom(nesting.get(parent) ?? null, left + 1)
  }

  private apply(...edits: Edit[]): void {
    this.document = applyEdits(this.document, edits)
  }
}
