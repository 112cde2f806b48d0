import { fillFrame } from '../../../engine/compile/fillFrame'
import { levelOf, nestingOf } from '../../../engine/compile/frames'
import type { DataSummary } from '../../../engine/data/prepared'
import { freshNodeId, freshWireId } from '../../../engine/document/create'
import type { Act, Edit } from '../../../engine/document/edits'
import type { Model } from '../../../engine/document/schema'
import type { AnyNodeDefinition, PortKind, PortSpec } from '../../../engine/nodes/defineNode'
import { definitionOf } from '../../../engine/nodes/index'
import { defaultSettings } from '../../nodes/nodeFacts'
import { splitWire } from './connect'
import type { End } from './ends'

/** How a new node is wired at once. */
export type Joint =
  /** From an output that is there to the new node's first input that takes its kind. */
  | { kind: 'after'; from: End; carries: PortKind | null }
  /** From the new node's first fitting output to an input that is there. */
  | { kind: 'before'; to: End; takes: readonly PortKind[] }
  /** Into a wire. */
  | { kind: 'into'; wire: string; carries: PortKind | null }

export interface NewNode {
  definition: AnyNodeDefinition
  position: { x: number; y: number }
  summary: DataSummary | null
  joint?: Joint | undefined
  /** The frame it is put into; null: none. Where it is joined to something, that decides (see frameOf). */
  parent?: string | null
}

/** The frame in which a node lies that is joined so. */
export function frameOf(model: Model, joint: Joint): string | null {
  const nesting = nestingOf(model)
  switch (joint.kind) {
    case 'after':
      return isWay(model, joint.from, 'enter') ? joint.from.node : (nesting.get(joint.from.node) ?? null)
    case 'before':
      return isWay(model, joint.to, 'leave') ? joint.to.node : (nesting.get(joint.to.node) ?? null)
    case 'into': {
      const wire = model.wires[joint.wire]
      return wire ? levelOf(nesting, wire.from.node, wire.to.node) : null
    }
  }
}

function isWay(model: Model, end: End, way: 'enter' | 'leave'): boolean {
  return definitionOf(model.nodes[end.node]?.type ?? '')?.frame?.[way].name === end.port
}

const fits = (spec: PortSpec, kind: PortKind | null): boolean => kind === null || spec.kinds.includes(kind)

/** The port of a new node that would be joined; null: none fits, so the node is not offered there. */
export function jointPorts(
  definition: AnyNodeDefinition,
  joint: Joint,
  summary: DataSummary | null,
): { input: PortSpec | null; output: PortSpec | null } | null {
  const { inputs, outputs } = definition.ports(defaultSettings(definition), summary)
  switch (joint.kind) {
    case 'after': {
      const input = inputs.find((spec) => fits(spec, joint.carries))
      return input ? { input, output: null } : null
    }
    case 'before': {
      const output = outputs.find((spec) => spec.kinds.some((kind) => joint.takes.includes(kind)))
      return output ? { input: null, output } : null
    }
    case 'into': {
      const input = inputs.find((spec) => fits(spec, joint.carries))
      const output = outputs[0]
      return input && output ? { input, output } : null
    }
  }
}

/**
 * Adds a node with its default settings, joined if asked; one act. A frame comes with a first layer in it. Also says the new node's
 * id. `position` is from the corner of its frame.
 */
export function addNodeAct(
  model: Model,
  { definition, position, summary, joint, parent = null }: NewNode,
): { act: Act; node: string } {
  const node = freshNodeId(model, definition.type)
  const frame = joint ? frameOf(model, joint) : parent
  const add: Edit = {
    kind: 'addNode',
    model: model.id,
    node,
    type: definition.type,
    settings: { ...defaultSettings(definition) },
    position,
    ...(frame === null ? {} : { parent: frame }),
  }
  const ports = joint ? jointPorts(definition, joint, summary) : null
  const edits: Edit[] = joint && ports ? [add, ...joinEdits(model, node, joint, ports)] : [add]
  if (definition.frame) edits.push(...firstContent(model, node, definition.type, edits))
  return { node, act: { label: `Add ${definition.title}`, edits } }
}

/** What a new frame holds from the start; `promised` are edits of the same act, whose ids are taken. */
function firstContent(model: Model, frame: string, type: string, promised: readonly Edit[]): Edit[] {
  const wires = promised.flatMap((edit) => (edit.kind === 'connect' ? [edit.wire] : []))
  const taken = { from: { node: frame, port: '' }, to: { node: frame, port: '' } }
  const after: Model = {
    ...model,
    nodes: { ...model.nodes, [frame]: { type, settings: {} } },
    wires: { ...model.wires, ...Object.fromEntries(wires.map((wire) => [wire, taken])) },
  }
  return fillFrame(after, frame)?.edits ?? []
}

function joinEdits(
  model: Model,
  node: string,
  joint: Joint,
  ports: { input: PortSpec | null; output: PortSpec | null },
): Edit[] {
  const input = ports.input && { node, port: ports.input.name }
  const output = ports.output && { node, port: ports.output.name }
  switch (joint.kind) {
    case 'after':
      return input ? [{ kind: 'connect', model: model.id, wire: freshWireId(model), from: joint.from, to: input }] : []
    case 'before':
      return output ? [{ kind: 'connect', model: model.id, wire: freshWireId(model), from: output, to: joint.to }] : []
    case 'into':
      return input && output ? splitWire(model, joint.wire, { input, output }) : []
  }
}
