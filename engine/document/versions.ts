import { current, isDraft } from 'immer'
import { assertNever, InternalError, invariant } from '../base/invariant'
import { freshId } from './create'
import type { DocumentContent, SavedVersion, UnrollDocument } from './schema'
import { MAX_VERSIONS, savedVersionSchema } from './schema'

/**
 * Edits of the named versions. `savedAt` comes with the edit because the engine knows no clock: ISO 8601, UTC. Restoring changes
 * everything but the versions themselves.
 */
export type VersionEdit =
  | { kind: 'saveVersion'; version: string; name: string; savedAt: string }
  | { kind: 'renameVersion'; version: string; name: string }
  | { kind: 'deleteVersion'; version: string }
  | { kind: 'restoreVersion'; version: string }

/** Fields of a document that no version holds. */
const OUTSIDE: ReadonlySet<string> = new Set(['format', 'version', 'versions'])

export function contentOf(document: UnrollDocument): DocumentContent {
  const { format: _, version: __, versions: ___, ...content } = document
  return content
}

export function versionsOf(document: UnrollDocument): readonly SavedVersion[] {
  return document.versions ?? []
}

/** What is trained and measured: earlier states have no say in that, and may be many times as large. */
export function withoutVersions(document: UnrollDocument): UnrollDocument {
  const { versions: _, ...rest } = document
  return rest
}

export function mayHoldMoreVersions(document: UnrollDocument): boolean {
  return versionsOf(document).length < MAX_VERSIONS
}

export function freshVersionId(document: UnrollDocument): string {
  return freshId('version', new Set(versionsOf(document).map(({ id }) => id)))
}

/** Changes `document` in place; it may be a draft. */
export function applyVersionEdit(document: UnrollDocument, edit: VersionEdit): void {
  const versions = document.versions ?? []
  if (edit.kind === 'saveVersion') {
    invariant(versions.length < MAX_VERSIONS, `a document holds at most ${MAX_VERSIONS} versions`)
    invariant(
      versions.every(({ id }) => id !== edit.version),
      `version id ${edit.version} is taken`,
    )
    // What is unchanged since the document was opened is shared with it, not copied.
    const content = contentOf(isDraft(document) ? current(document) : document)
    const head = { id: edit.version, name: edit.name, savedAt: edit.savedAt }
    document.versions = [...versions, { ...checkedHead(head), content }]
    return
  }
  const index = versions.findIndex(({ id }) => id === edit.version)
  const version = versions[index]
  invariant(version !== undefined, `no version ${edit.version}`)
  switch (edit.kind) {
    case 'renameVersion':
      version.name = checkedHead({ ...version, name: edit.name }).name
      return
    case 'deleteVersion':
      // A document whose last version is gone is the same as one that never had any.
      if (versions.length === 1) delete document.versions
      else versions.splice(index, 1)
      return
    case 'restoreVersion': {
      const content = isDraft(version.content) ? current(version.content) : version.content
      for (const key of Object.keys(document)) if (!OUTSIDE.has(key)) Reflect.deleteProperty(document, key)
      Object.assign(document, content)
      return
    }
    default:
      assertNever(edit)
  }
}

const headSchema = savedVersionSchema.pick({ id: true, name: true, savedAt: true })

function checkedHead(
  head: Pick<SavedVersion, 'id' | 'name' | 'savedAt'>,
): Pick<SavedVersion, 'id' | 'name' | 'savedAt'> {
  const result = headSchema.safeParse(head)
  if (result.success) return { id: head.id, name: head.name, savedAt: head.savedAt }
  throw new InternalError(`an edit would break the document: version: ${result.error.issues[0]?.message ?? ''}`)
}
