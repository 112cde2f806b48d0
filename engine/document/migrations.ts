import { invariant } from '../base/invariant'
import { VERSION } from './schema'

/** The root object of a document as it was read, before its fields were checked. */
export type RawDocument = Record<string, unknown>

/** Rewrites a document of one version into the next one. Gets a document nobody checked: must pass over what it does not understand. */
export type Migration = (raw: RawDocument) => RawDocument

/**
 * `migrations[n]` leads from version n to n + 1, for every n below VERSION. Version 1 is the first, so there is none yet. When the
 * format changes: raise VERSION, add the step here, and keep a file of the old version as a test fixture.
 */
export const migrations: Readonly<Record<number, Migration>> = {}

/** The document at version `to`; `version` says where it starts. The given object is not changed. */
export function migrate(
  raw: RawDocument,
  version: number,
  steps: Readonly<Record<number, Migration>> = migrations,
  to: number = VERSION,
): RawDocument {
  let document = raw
  for (let from = version; from < to; from++) {
    const step = steps[from]
    invariant(step !== undefined, `no migration from version ${from}`)
    document = { ...step(document), version: from + 1 }
  }
  return document
}
