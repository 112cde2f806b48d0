import { assertNever, present } from '../../engine/base/invariant'
import type { Rng } from '../../engine/base/rng'
import { nestingOf } from '../../engine/compile/frames'
import type { DataDefinition } from '../../engine/document/dataSchema'
import type { Act, Edit } from '../../engine/document/edits'
import { groupsOf, notesOf } from '../../engine/document/groups'
import type { Model, UnrollDocument } from '../../engine/document/schema'
import { freshVersionId, versionsOf } from '../../engine/document/versions'
import { nodeDefinitions } from '../../engine/nodes/index'
import type { Setting } from '../../engine/nodes/settings'
import { addNodeAct } from '../canvas/acts/addNode'
import { clipText, pasteAct, readClip } from '../canvas/acts/clipboard'
import { connectAct } from '../canvas/acts/connect'
import { deleteAct, deleteAndReconnectAct } from '../canvas/acts/deleteSelection'
import { dissolveAct, mayLieInside, reparentAct, wrapAct } from '../canvas/acts/frames'
import { closeAct, groupAct, leaveAct, unpackAct } from '../canvas/groups/groupActs'
import { addNoteAct, deleteNoteEdits, writeNoteAct } from '../canvas/notes/noteActs'
import { isFrame, withContent } from '../canvas/places'
import { addModelAct, deleteModelAct, duplicateModelAct, moveModelAct, renameModelAct } from '../shell/modelActs'
import { activeModelOf, type createDocumentStore } from './document'

/** Random acts of a person at the window, for tests of the history: made by the same functions as the window's own. */

export function pick<T>(list: readonly T[], chance: Rng): T {
  return present(list[chance.integer(list.length)], 'the list has something in it')
}

export type Store = ReturnType<typeof createDocumentStore>

/** Restores, renames or deletes one of the saved versions. */
function versionAct(document: UnrollDocument, chance: Rng): Act | null {
  const versions = versionsOf(document)
  if (versions.length === 0) return null
  const version = pick(versions, chance).id
  const edits: readonly Edit[] = [
    { kind: 'restoreVersion', version },
    { kind: 'renameVersion', version, name: `v${chance.integer(9)}` },
    { kind: 'deleteVersion', version },
  ]
  return { label: 'Change a version', edits: [pick(edits, chance)] }
}

/** Makes, closes, leaves or unpacks a group; adds, writes or deletes a note. */
function groupOrNoteAct(document: UnrollDocument, model: Model, chance: Rng): Act | null {
  const groups = groupsOf(document, model.id)
  const notes = notesOf(document, model.id)
  const nodes = Object.keys(model.nodes)
  const ids = Object.keys(groups)
  const note = Object.keys(notes)[0]
  const ways: (() => Act | null)[] = [
    () => {
      const made = groupAct(model, groups, [
        ...new Set([pick(nodes, chance), pick(nodes, chance), pick(nodes, chance)]),
      ])
      return made.ok ? made.act : null
    },
    () => closeAct(model, groups, ids.slice(0, 1)),
    () => leaveAct(model, groups, [pick(nodes, chance)]),
    () => unpackAct(model, groups, ids.slice(-1)),
    () => addNoteAct(model, notes, { x: 8 * chance.integer(9), y: 0 })?.act ?? null,
    () => (note === undefined ? null : writeNoteAct(model, notes, note, `words ${chance.integer(9)}`)),
    () => (note === undefined ? null : { label: 'Delete note', edits: deleteNoteEdits(model, notes, [note]) }),
  ]
  return pick(ways, chance)()
}

/** Sets one setting of a node to something that its form allows; null: it has none. */
function setOneAct(model: Model, node: string, chance: Rng): Act | null {
  const settings = Object.entries(nodeDefinitions[model.nodes[node]?.type ?? '']?.settings ?? {})
  if (settings.length === 0) return null
  const [key, setting] = pick(settings, chance)
  const value = someValue(setting, chance)
  return { label: `Set ${setting.label}`, edits: [{ kind: 'setSetting', model: model.id, node, setting: key, value }] }
}

function someValue(setting: Setting, chance: Rng): unknown {
  switch (setting.kind) {
    case 'integer':
      return Math.min(setting.maximum, setting.minimum + chance.integer(8))
    case 'number':
      return Math.min(setting.maximum, setting.minimum + setting.step * chance.integer(8))
    case 'fraction':
      return (setting.maximum * chance.integer(5)) / 4
    case 'choice':
      return pick(setting.options, chance).value
    case 'switch':
      return chance.integer(2) === 0
    case 'text':
      return ['', 'a', 'ä b'][chance.integer(3)]
    default:
      return assertNever(setting)
  }
}

function otherData({ data }: UnrollDocument, chance: Rng): DataDefinition {
  const split = { training: 0.5 + chance.integer(4) / 10, validation: 0.1 }
  if (chance.integer(2) === 0) return { ...data, split }
  return { kind: 'generator', generator: 'adding', length: 5 + chance.integer(9), examples: 600, split }
}

/** Something that a person might do now, made as the window makes it; null when that is not possible. */
export function anAct(store: Store, chance: Rng): Act | null {
  const { document } = store.getState()
  const model = activeModelOf(store.getState())
  const layout = document.layout[model.id]?.nodes ?? {}
  const nodes = Object.keys(model.nodes)
  const position = { x: 8 * chance.integer(200), y: 8 * chance.integer(100) }
  const add = (): Act => {
    const definition = pick(
      Object.values(nodeDefinitions).filter(({ count }) => count !== 'exactlyOne'),
      chance,
    )
    const frames = nodes.filter((id) => isFrame(model, id))
    const parent = frames.length > 0 && chance.integer(2) === 0 ? pick(frames, chance) : null
    return addNodeAct(model, { definition, position, summary: null, parent }).act
  }
  if (nodes.length < 2) return add()
  const [one, other] = [pick(nodes, chance), pick(nodes, chance)]
  const frame = nodes.find((id) => isFrame(model, id))
  const held = nodes.filter((id) => mayLieInside(model, id))
  const ways: (() => Act | null)[] = [
    add,
    add,
    add,
    () => connectAct(model, { node: one, port: 'out' }, { node: other, port: 'in' }),
    () => connectAct(model, { node: one, port: 'out' }, { node: other, port: 'in' }),
    () => ({ label: 'Move', edits: [{ kind: 'moveNodes', model: model.id, positions: { [one]: position } }] }),
    () => deleteAct(model, [one], Object.keys(model.wires).slice(0, 1)),
    () => deleteAndReconnectAct(model, [one], () => true),
    () => {
      const here = { groups: groupsOf(document, model.id), notes: notesOf(document, model.id) }
      const clip = readClip(clipText(model, [one, other], layout, here) ?? '')
      return (
        clip &&
        (pasteAct(model, clip, { place: { kind: 'at', position }, keepIncoming: false, here, verb: 'Paste' })?.act ??
          null)
      )
    },
    () => {
      const level = held.filter((id) => nestingOf(model).get(id) === nestingOf(model).get(held[0] ?? ''))
      const definition = present(nodeDefinitions.stack, 'there are stacks')
      if (level.length === 0) return null
      return wrapAct(document, model, definition, level.slice(0, 2), { corner: position, inside: {} }).act
    },
    () => {
      const free = held.filter((id) => frame !== undefined && !withContent(model, [id]).has(frame))
      if (frame === undefined || free.length === 0) return null
      return reparentAct(document, model, [pick(free, chance)], chance.integer(2) === 0 ? frame : null, {}).act
    },
    () => (frame === undefined ? null : dissolveAct(document, model, frame)),
    () => ({
      label: 'Rename',
      edits: [{ kind: 'renameNode', model: model.id, node: one, name: `n${chance.integer(9)}` }],
    }),
    () => ({
      label: 'Bypass',
      edits: [{ kind: 'setBypassed', model: model.id, nodes: [one, other], bypassed: chance.integer(3) > 0 }],
    }),
    () => ({
      label: 'Set epochs',
      edits: [{ kind: 'setTraining', changes: { epochs: 1 + chance.integer(50), seed: chance.integer(5) } }],
    }),
    () => setOneAct(model, one, chance),
    () => setOneAct(model, other, chance),
    () => ({
      label: 'Freeze',
      edits: [{ kind: 'setFrozen', model: model.id, node: one, frozen: chance.integer(2) === 0 }],
    }),
    () => ({ label: 'Rename the document', edits: [{ kind: 'renameDocument', name: `Test ${chance.integer(9)}` }] }),
    () => ({ label: 'Change the data', edits: [{ kind: 'setData', data: otherData(document, chance) }] }),
    () => (document.models.length < 4 ? addModelAct(document) : deleteModelAct(document, model.id)),
    () => (document.models.length < 4 ? duplicateModelAct(document, model.id) : null),
    () => ({
      label: 'Save a version',
      edits: [
        {
          kind: 'saveVersion',
          version: freshVersionId(document),
          name: `v${chance.integer(9)}`,
          savedAt: '2026-11-22T10:00:00.000Z',
        },
      ],
    }),
    () => versionAct(document, chance),
    () => groupOrNoteAct(document, model, chance),
    () => groupOrNoteAct(document, model, chance),
    () => renameModelAct(document, model.id, `Model ${chance.integer(9)}`),
    () => moveModelAct(document, model.id, chance.integer(2) === 0 ? -1 : 1),
  ]
  return pick(ways, chance)()
}
