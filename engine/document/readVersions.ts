import { describeIssue } from './describeIssue'
import type { Diagnostic } from './diagnostic'
import { repairDocument } from './repair'
import { FORMAT, MAX_VERSIONS, type SavedVersion, savedVersionSchema, VERSION } from './schema'

/**
 * The named versions of a file that nobody vouches for. A damaged one is left out and told in one sentence, so that it never keeps
 * the rest of the document from opening; undefined: the document has none.
 */
export function readVersions(raw: unknown): { versions: SavedVersion[] | undefined; problems: Diagnostic[] } {
  if (raw === undefined) return { versions: undefined, problems: [] }
  if (!Array.isArray(raw)) {
    return { versions: undefined, problems: [dropped('The list of saved versions is damaged and was left out.')] }
  }
  const problems: Diagnostic[] = []
  const versions: SavedVersion[] = []
  const damaged: { name: string; reason: string }[] = []
  const surplus = raw.length - MAX_VERSIONS
  if (surplus > 0) {
    problems.push(
      dropped(`A document keeps ${MAX_VERSIONS} saved versions; the ${surplus} oldest of this one were left out.`),
    )
  }
  // Oldest first: the newest are kept.
  const kept: unknown[] = surplus > 0 ? raw.slice(surplus) : raw
  for (const [index, one] of kept.entries()) {
    const read = readVersion(one, versions)
    if (typeof read === 'string') {
      const name = nameOf(one) ?? String(index + Math.max(0, surplus) + 1)
      damaged.push({ name, reason: read })
    } else versions.push(read)
  }
  const [first] = damaged
  if (first && damaged.length === 1) {
    problems.push(dropped(`The saved version “${first.name}” is damaged and was left out: ${first.reason}`))
  } else if (first) {
    const names = damaged.slice(0, 5).map(({ name }) => `“${name}”`)
    const list = damaged.length > names.length ? `${names.join(', ')} …` : names.join(', ')
    problems.push(dropped(`${damaged.length} saved versions are damaged and were left out: ${list}.`))
  }
  return { versions: versions.length > 0 || raw.length === 0 ? versions : undefined, problems }
}

/** The version, or a sentence that says why it is none. */
function readVersion(raw: unknown, before: readonly SavedVersion[]): SavedVersion | string {
  const result = savedVersionSchema.safeParse(raw)
  if (!result.success) {
    const [issue] = result.error.issues
    return issue ? describeIssue(issue, raw) : 'it is not a version.'
  }
  const { id, content } = result.data
  if (before.some((other) => other.id === id)) return `another one has the id “${id}” too.`
  const models = content.models.map((model) => model.id)
  const double = models.find((model, at) => models.indexOf(model) !== at)
  if (double !== undefined) return `two of its models have the id “${double}”.`
  // What has no end or no place is mended as in the document; restoring such a version shows what there is.
  const sound = repairDocument({ ...content, format: FORMAT, version: VERSION })
  if (sound.problems.length === 0) return result.data
  const { format: _, version: __, versions: ___, ...mended } = sound.document
  return { ...result.data, content: mended }
}

function nameOf(raw: unknown): string | null {
  const name: unknown = typeof raw === 'object' && raw !== null && 'name' in raw ? raw.name : undefined
  return typeof name === 'string' && name !== '' ? name.slice(0, 60) : null
}

function dropped(message: string): Diagnostic {
  return { code: 'document.version.damaged', severity: 'warning', message, place: { kind: 'document' } }
}
