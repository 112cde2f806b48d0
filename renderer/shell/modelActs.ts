import { present } from '../../engine/base/invariant'
import { emptyModel, FIRST_POSITION, freshModelId } from '../../engine/document/create'
import type { Act, Edit } from '../../engine/document/edits'
import { groupsOf, notesOf } from '../../engine/document/groups'
import type { Model, UnrollDocument } from '../../engine/document/schema'

/** What the tabs do, as acts: each is one undo entry. */

function modelOf(document: UnrollDocument, id: string): Model {
  return present(
    document.models.find((model) => model.id === id),
    `model ${id} is in the document`,
  )
}

/** "Model 3": the first number that no other model has. */
function freshName(document: UnrollDocument, base: string): string {
  const taken = new Set(document.models.map((model) => model.name))
  if (!taken.has(base)) return base
  for (let n = 2; ; n += 1) if (!taken.has(`${base} ${n}`)) return `${base} ${n}`
}

export function addModelAct(document: UnrollDocument): Act {
  const name = freshName(document, `Model ${document.models.length + 1}`)
  const model = emptyModel(freshModelId(document), name)
  const positions = Object.fromEntries(Object.keys(model.nodes).map((node) => [node, { ...FIRST_POSITION }]))
  return { label: `Add ${name}`, edits: [{ kind: 'addModel', model, positions }] }
}

export function duplicateModelAct(document: UnrollDocument, id: string): Act {
  const original = modelOf(document, id)
  const name = freshName(document, `${original.name} copy`)
  const model: Model = { ...structuredClone(original), id: freshModelId(document), name }
  const positions = structuredClone(document.layout[id]?.nodes ?? {})
  const marks: Edit[] = [
    ...Object.entries(groupsOf(document, id)).map(
      ([group, value]): Edit => ({ kind: 'setGroup', model: model.id, group, value }),
    ),
    ...Object.entries(notesOf(document, id)).map(
      ([note, value]): Edit => ({ kind: 'setNote', model: model.id, note, value }),
    ),
  ]
  return { label: `Duplicate ${original.name}`, edits: [{ kind: 'addModel', model, positions }, ...marks] }
}

/** Null when the name stays as it is or is empty. */
export function renameModelAct(document: UnrollDocument, id: string, name: string): Act | null {
  const clean = name.trim().slice(0, 200)
  const before = modelOf(document, id).name
  if (clean === '' || clean === before) return null
  return { label: `Rename ${before} to ${clean}`, edits: [{ kind: 'renameModel', model: id, name: clean }] }
}

/** Null for the last one: a document holds at least one model. */
export function deleteModelAct(document: UnrollDocument, id: string): Act | null {
  if (document.models.length < 2) return null
  return { label: `Delete ${modelOf(document, id).name}`, edits: [{ kind: 'deleteModel', model: id }] }
}

/** Moves a tab by one place, to the left (-1) or right (1); null at the end of the row. */
export function moveModelAct(document: UnrollDocument, id: string, by: -1 | 1): Act | null {
  const model = modelOf(document, id)
  const index = document.models.indexOf(model) + by
  if (index < 0 || index >= document.models.length) return null
  const label = `Move ${model.name} to the ${by < 0 ? 'left' : 'right'}`
  return { label, edits: [{ kind: 'moveModel', model: id, index }] }
}

/** Null when the name stays as it is or is empty. */
export function renameDocumentAct(document: UnrollDocument, name: string): Act | null {
  const clean = name.trim().slice(0, 200)
  if (clean === '' || clean === document.name) return null
  return { label: 'Rename document', edits: [{ kind: 'renameDocument', name: clean }] }
}
