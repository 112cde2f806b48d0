import type { DataSummary } from '../../../engine/data/prepared'
import { freshNodeId, freshWireId } from '../../../engine/document/create'
import type { Act, Edit } from '../../../engine/document/edits'
import type { Model } from '../../../engine/document/schema'
import type { AnyNodeDefinition, PortKind, PortSpec } from '../../../engine/nodes/defineNode'
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

/** Adds a node with its default settings, joined if asked; one act. Also says the new node's id. */
export function addNodeAct(
  model: Model,
  { definition, position, summary, joint }: NewNode,
): { act: Act; node: string } {
  const node = freshNodeId(model, definition.type)
  const add: Edit = {
    kind: 'addNode',
    model: model.id,
    node,
    type: definition.type,
    settings: { ...defaultSettings(definition) },
    position,
  }
  const ports = joint ? jointPorts(definition, joint, summary) : null
  const edits: Edit[] = joint && ports ? [add, ...joinEdits(model, node, joint, ports)] : [add]
  return { node, act: { label: `Add ${definition.title}`, edits } }
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
