import { current, isDraft, produce } from 'immer'
import type { z } from 'zod'
import { assertNever, InternalError, invariant, present } from '../base/invariant'
import { dataSchema } from './dataSchema'
import type { Edit } from './edits'
import { applyGroupEdit, keepGroupsSound } from './groups'
import { idSchema, nameSchema } from './ids'
import type { Position } from './layoutSchema'
import { pointSchema } from './layoutSchema'
import type { Model, UnrollDocument } from './schema'
import { modelSchema, nodeSchema } from './schema'
import { trainingSchema } from './trainingSchema'
import { applyVersionEdit } from './versions'

/**
 * The document after the edits; the given one is untouched and unchanged parts are shared, so history can keep whole documents.
 * What could not be opened again after saving (an unknown id, a value outside the schema) is an InternalError: the window
 * checks what people type before it makes an edit of it.
 */
export function applyEdits(document: UnrollDocument, edits: readonly Edit[]): UnrollDocument {
  return produce(document, (draft) => {
    for (const edit of edits) applyEdit(draft, edit)
  })
}

function applyEdit(document: UnrollDocument, edit: Edit): void {
  switch (edit.kind) {
    case 'renameDocument':
      document.name = checked(nameSchema, edit.name, 'document name')
      return
    case 'setData':
      document.data = checked(dataSchema, edit.data, 'data')
      return
    case 'setTraining':
      document.training = checked(trainingSchema, { ...document.training, ...edit.changes }, 'training')
      return
    case 'addModel':
      addModel(document, edit.model, edit.positions)
      return
    case 'renameModel':
      modelOf(document, edit.model).name = checked(nameSchema, edit.name, 'model name')
      return
    case 'deleteModel':
      deleteModel(document, edit.model)
      return
    case 'moveModel':
      moveModel(document, edit.model, edit.index)
      return
    case 'deleteNodes':
      deleteNodes(document, modelOf(document, edit.model), edit.nodes)
      return
    case 'connect':
      connect(modelOf(document, edit.model), edit)
      return
    case 'deleteWires': {
      const model = modelOf(document, edit.model)
      for (const wire of edit.wires) {
        invariant(Object.hasOwn(model.wires, wire), `no wire ${wire} in model ${model.id}`)
        delete model.wires[wire]
      }
      return
    }
    case 'moveNodes': {
      const model = modelOf(document, edit.model)
      for (const node of Object.keys(edit.positions)) nodeOf(model, node)
      place(document, edit.model, edit.positions)
      return
    }
    case 'setBypassed': {
      const model = modelOf(document, edit.model)
      for (const id of edit.nodes) {
        const node = nodeOf(model, id)
        if (edit.bypassed) node.bypassed = true
        else delete node.bypassed
      }
      return
    }
    case 'setParent':
      setParent(document, modelOf(document, edit.model), edit)
      return
    case 'addNode':
    case 'renameNode':
    case 'setFrozen':
    case 'setSetting':
      changeNode(document, edit)
      return
    case 'setGroup':
    case 'setNote':
      applyGroupEdit(document, modelOf(document, edit.model), edit)
      return
    case 'saveVersion':
    case 'renameVersion':
    case 'deleteVersion':
    case 'restoreVersion':
      applyVersionEdit(document, edit)
      return
    default:
      assertNever(edit)
  }
}

function addModel(document: UnrollDocument, model: Model, positions: Record<string, Position>): void {
  invariant(
    document.models.every((other) => other.id !== model.id),
    `model id ${model.id} is taken`,
  )
  const added = checked(modelSchema, model, 'model')
  for (const wire of Object.values(added.wires)) {
    nodeOf(added, wire.from.node)
    nodeOf(added, wire.to.node)
  }
  for (const node of Object.keys(positions)) nodeOf(added, node)
  document.models.push(added)
  document.layout[added.id] = { nodes: {} }
  place(document, added.id, positions)
}

function deleteModel(document: UnrollDocument, id: string): void {
  const model = modelOf(document, id)
  invariant(document.models.length > 1, 'the last model of a document cannot be deleted')
  document.models.splice(document.models.indexOf(model), 1)
  delete document.layout[id]
}

function moveModel(document: UnrollDocument, id: string, index: number): void {
  const model = modelOf(document, id)
  invariant(Number.isInteger(index) && index >= 0 && index < document.models.length, `there is no place ${index}`)
  document.models.splice(document.models.indexOf(model), 1)
  document.models.splice(index, 0, model)
}

/** Nodes that a deleted frame holds go with it. */
function deleteNodes(document: UnrollDocument, model: Model, nodes: readonly string[]): void {
  for (const node of nodes) nodeOf(model, node)
  const doomed = new Set(nodes)
  const all = Object.entries(asItIs(model).nodes)
  for (let before = -1; before !== doomed.size; ) {
    before = doomed.size
    for (const [id, node] of all) {
      if (node.parent !== undefined && doomed.has(node.parent)) doomed.add(id)
    }
  }
  for (const [id, wire] of Object.entries(asItIs(model).wires)) {
    if (doomed.has(wire.from.node) || doomed.has(wire.to.node)) delete model.wires[id]
  }
  const layout = document.layout[model.id]?.nodes
  for (const node of doomed) {
    delete model.nodes[node]
    if (layout) delete layout[node]
  }
  keepGroupsSound(document, model)
}

/** A frame cannot come to lie in itself, nor in what it holds. */
function setParent(document: UnrollDocument, model: Model, edit: Extract<Edit, { kind: 'setParent' }>): void {
  const { nodes, parent, positions } = edit
  for (const id of nodes) nodeOf(model, id)
  for (const id of Object.keys(positions)) invariant(nodes.includes(id), `${id} is placed but not put anywhere`)
  if (parent !== null) nodeOf(model, parent)
  const around = new Set<string>()
  // In a damaged document a frame may lie in one that is not there; then it lies in none.
  for (let id = parent; id !== null && Object.hasOwn(model.nodes, id) && !around.has(id); ) {
    invariant(!nodes.includes(id), `${id} cannot lie in itself`)
    around.add(id)
    id = nodeOf(model, id).parent ?? null
  }
  for (const id of nodes) {
    const node = nodeOf(model, id)
    if (parent === null) delete node.parent
    else node.parent = parent
  }
  place(document, model.id, positions)
  keepGroupsSound(document, model, nodes)
}

/** An input takes one wire: the one that was there is replaced. */
/** To be read only: each part of a draft that is looked at costs a part of its own. */
function asItIs(model: Model): Model {
  return isDraft(model) ? current(model) : model
}

function connect(model: Model, edit: Extract<Edit, { kind: 'connect' }>): void {
  nodeOf(model, edit.from.node)
  nodeOf(model, edit.to.node)
  for (const [id, wire] of Object.entries(asItIs(model).wires)) {
    if (wire.to.node === edit.to.node && wire.to.port === edit.to.port) delete model.wires[id]
  }
  invariant(!Object.hasOwn(model.wires, edit.wire), `wire id ${edit.wire} is taken`)
  model.wires[checked(idSchema, edit.wire, 'wire id')] = { from: { ...edit.from }, to: { ...edit.to } }
}

function changeNode(
  document: UnrollDocument,
  edit: Extract<Edit, { kind: 'addNode' | 'renameNode' | 'setFrozen' | 'setSetting' }>,
): void {
  const model = modelOf(document, edit.model)
  if (edit.kind === 'addNode') {
    invariant(!Object.hasOwn(model.nodes, edit.node), `node id ${edit.node} is taken`)
    invariant(isPlain(edit.settings), `the settings of ${edit.node} are not plain data`)
    if (edit.parent !== undefined) nodeOf(model, edit.parent)
    const held = edit.parent === undefined ? {} : { parent: edit.parent }
    const node = checked(nodeSchema, { type: edit.type, settings: edit.settings, ...held }, 'node')
    model.nodes[checked(idSchema, edit.node, 'node id')] = node
    place(document, edit.model, { [edit.node]: edit.position })
    return
  }
  const node = nodeOf(model, edit.node)
  if (edit.kind === 'renameNode') {
    // An empty name gives the node back the title of its type.
    if (edit.name === '') delete node.name
    else node.name = checked(nameSchema, edit.name, 'node name')
    return
  }
  if (edit.kind === 'setFrozen') {
    if (edit.frozen) node.frozen = true
    else delete node.frozen
    return
  }
  invariant(isPlain(edit.value), `setting ${edit.setting} is not plain data`)
  const settings = { ...node.settings, [edit.setting]: edit.value }
  if (edit.value === undefined) delete settings[edit.setting]
  node.settings = checked(nodeSchema.shape.settings, settings, 'settings')
}

function place(document: UnrollDocument, model: string, positions: Record<string, Position>): void {
  const layout = document.layout[model] ?? { nodes: {} }
  document.layout[model] = layout
  for (const [node, position] of Object.entries(positions)) {
    const moved: Record<string, unknown> = { ...layout.nodes[node], ...position }
    for (const [key, value] of Object.entries(moved)) if (value === undefined) delete moved[key]
    layout.nodes[node] = checked(pointSchema, moved, 'position')
  }
}

function modelOf(document: UnrollDocument, id: string): Model {
  return present(
    document.models.find((model) => model.id === id),
    `no model ${id}`,
  )
}

function nodeOf(model: Model, id: string): Model['nodes'][string] {
  invariant(Object.hasOwn(model.nodes, id), `no node ${id} in model ${model.id}`)
  return present(model.nodes[id], `no node ${id}`)
}

function checked<S extends z.ZodType>(schema: S, value: unknown, what: string): z.infer<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new InternalError(`an edit would break the document: ${what}: ${result.error.issues[0]?.message ?? ''}`)
}

/** What JSON can carry and give back. */
function isPlain(value: unknown): boolean {
  if (value === undefined || value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (Array.isArray(value)) return value.every((item) => item !== undefined && isPlain(item))
  return typeof value === 'object' && Object.values(value).every(isPlain)
}
