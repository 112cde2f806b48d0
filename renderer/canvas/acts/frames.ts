import { dissolveFrame } from '../../../engine/compile/dissolveFrame'
import { nestingOf } from '../../../engine/compile/frames'
import { putIntoFrame } from '../../../engine/compile/putIntoFrame'
import { applyEdits } from '../../../engine/document/applyEdit'
import { freshNodeId } from '../../../engine/document/create'
import type { Act, Edit } from '../../../engine/document/edits'
import type { Position } from '../../../engine/document/layoutSchema'
import type { Model, UnrollDocument } from '../../../engine/document/schema'
import type { AnyNodeDefinition } from '../../../engine/nodes/defineNode'
import { definitionOf } from '../../../engine/nodes/index'
import { plural } from '../../../engine/nodes/words'
import { defaultSettings, titleOf } from '../../nodes/nodeFacts'

/** An act, and the wires that had to go because there was no way for them. */
export interface FrameAct {
  act: Act
  lost: readonly string[]
}

const title = (model: Model, id: string): string => {
  const node = model.nodes[id]
  return node ? titleOf(node) : id
}

function nodesTitle(model: Model, nodes: readonly string[]): string {
  const [only] = nodes
  return nodes.length === 1 && only !== undefined ? title(model, only) : plural(nodes.length, 'node')
}

/** The data set and the outputs stand outside: there is one input and one loss, however often a frame repeats what it holds. */
export function mayLieInside(model: Model, node: string): boolean {
  const definition = definitionOf(model.nodes[node]?.type ?? '')
  return definition?.isHead !== true && definition?.count !== 'exactlyOne'
}

/** Puts nodes into a frame, or takes them out (`frame` is where they lie then; null: in none). Positions are from its corner. */
export function reparentAct(
  document: UnrollDocument,
  model: Model,
  nodes: readonly string[],
  frame: string | null,
  positions: Record<string, Position>,
): FrameAct {
  const { edits, lost } = putIntoFrame(document, model, nodes, frame, positions)
  const [first] = nodes
  const before = first === undefined ? null : (nestingOf(model).get(first) ?? null)
  const goesOut = before !== null && (frame === null || nestingOf(model).get(before) === frame)
  const label = goesOut
    ? `Take ${nodesTitle(model, nodes)} out of ${title(model, before)}`
    : `Put ${nodesTitle(model, nodes)} into ${frame === null ? 'no frame' : title(model, frame)}`
  return { act: { label, edits }, lost }
}

/** Puts nodes that lie side by side into a new frame at `corner`; `inside` are their places in it. */
export function wrapAct(
  document: UnrollDocument,
  model: Model,
  definition: AnyNodeDefinition,
  nodes: readonly string[],
  { corner, inside }: { corner: Position; inside: Record<string, Position> },
): FrameAct & { frame: string } {
  const frame = freshNodeId(model, definition.type)
  const [first] = nodes
  const parent = first === undefined ? null : (nestingOf(model).get(first) ?? null)
  const add: Edit = {
    kind: 'addNode',
    model: model.id,
    node: frame,
    type: definition.type,
    settings: { ...defaultSettings(definition) },
    position: corner,
    ...(parent === null ? {} : { parent }),
  }
  const framed = applyEdits(document, [add])
  const changed = framed.models.find(({ id }) => id === model.id) ?? model
  const { edits, lost } = putIntoFrame(framed, changed, nodes, frame, inside)
  return {
    frame,
    lost,
    act: { label: `Put ${nodesTitle(model, nodes)} into a ${definition.title}`, edits: [add, ...edits] },
  }
}

/** Takes a frame away and leaves what it holds; null for what is no frame. */
export function dissolveAct(document: UnrollDocument, model: Model, frame: string): Act | null {
  const edits = dissolveFrame(document, model, frame)
  return edits.length === 0 ? null : { label: `Take ${title(model, frame)} away, keep what it holds`, edits }
}
