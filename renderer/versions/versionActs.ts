import type { Act } from '../../engine/document/edits'
import type { SavedVersion, UnrollDocument } from '../../engine/document/schema'
import { freshVersionId, versionsOf } from '../../engine/document/versions'

/** What the list of versions does, as acts: each is one undo entry. */

/** "Version 3": what a version is called when nobody types a name. */
export function proposedName(document: UnrollDocument): string {
  const taken = new Set(versionsOf(document).map(({ name }) => name))
  for (let n = taken.size + 1; ; n += 1) if (!taken.has(`Version ${n}`)) return `Version ${n}`
}

/** @param now milliseconds since the epoch */
export function saveVersionAct(document: UnrollDocument, typed: string, now: number): Act {
  const name = typed.trim().slice(0, 200) || proposedName(document)
  const savedAt = new Date(now).toISOString()
  return {
    label: `Save the version ${name}`,
    edits: [{ kind: 'saveVersion', version: freshVersionId(document), name, savedAt }],
  }
}

/** Null when the name stays as it is or is empty. */
export function renameVersionAct(version: SavedVersion, typed: string): Act | null {
  const name = typed.trim().slice(0, 200)
  if (name === '' || name === version.name) return null
  return {
    label: `Rename the version ${version.name} to ${name}`,
    edits: [{ kind: 'renameVersion', version: version.id, name }],
  }
}

export function deleteVersionAct(version: SavedVersion): Act {
  return { label: `Delete the version ${version.name}`, edits: [{ kind: 'deleteVersion', version: version.id }] }
}

export function restoreVersionAct(version: SavedVersion): Act {
  return { label: `Restore the version ${version.name}`, edits: [{ kind: 'restoreVersion', version: version.id }] }
}
