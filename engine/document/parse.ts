import { describeIssue, describePath } from './describeIssue'
import { bad, type Checked, type Diagnostic, good, type Place } from './diagnostic'
import { findJsonError } from './jsonError'
import { migrate, type RawDocument } from './migrations'
import { findRawProblem, type RawProblem } from './rawJson'
import { readVersions } from './readVersions'
import { repairDocument } from './repair'
import { lostMarksProblems, takeDamagedMarks } from './repairGroups'
import type { UnrollDocument } from './schema'
import { documentSchema, FORMAT, MAX_DOCUMENT_BYTES, VERSION } from './schema'

/** As many problems of one file as are worth reading at once. */
const MAX_PROBLEMS = 20
const ADVICE = 'Correct it in a text editor, or open an older copy of the file.'

/**
 * Reads the text of a `.unroll` file that nobody vouches for. Every way it can be wrong gives a sentence that says what and where;
 * nothing throws. Wires without ends and cards without a place are mended with a warning. Fields and node types that this version
 * does not know stay as they are.
 *
 * @param fileName for messages; absent: the text came from nowhere in particular
 */
export function parseDocument(text: string, fileName?: string): Checked<UnrollDocument> {
  const source = new Source(fileName)
  if (isTooLarge(text)) {
    return bad(
      source.problem(
        'document.size',
        `${source.name} is larger than ${MAX_DOCUMENT_BYTES / 1024 / 1024} MB, too large to be an Unroll document: choose another file.`,
      ),
    )
  }
  const json = text.startsWith('\ufeff') ? text.slice(1) : text
  if (json.trim() === '') {
    return bad(
      source.problem('document.empty', `${source.name} is empty: choose another file, or an older copy of this one.`),
    )
  }
  let raw: unknown
  try {
    raw = JSON.parse(json)
  } catch (error) {
    if (error instanceof SyntaxError) return bad(jsonProblem(json, source))
    throw error
  }
  const rawProblem = findRawProblem(raw)
  if (rawProblem)
    return bad(source.problem(`document.${rawProblem.kind}`, `${source.name}: ${describeRaw(rawProblem, raw)}`))
  const recognised = recognise(raw, source)
  if (!recognised.ok) return recognised
  return checkFields(recognised.value, source)
}

/** Names the file in messages and places. */
class Source {
  readonly name: string
  readonly #file: string | undefined

  constructor(file: string | undefined) {
    this.#file = file
    this.name = file === undefined ? 'The document' : `“${file}”`
  }

  problem(code: string, message: string, line?: number): Diagnostic {
    const place: Place =
      this.#file === undefined
        ? { kind: 'document' }
        : { kind: 'file', path: this.#file, ...(line === undefined ? {} : { line }) }
    return { code, severity: 'error', message, place }
  }
}

/** In UTF-8 no character takes less than one byte for each code unit or more than three. */
function isTooLarge(text: string): boolean {
  if (text.length > MAX_DOCUMENT_BYTES) return true
  return text.length * 3 > MAX_DOCUMENT_BYTES && new TextEncoder().encode(text).length > MAX_DOCUMENT_BYTES
}

function jsonProblem(json: string, source: Source): Diagnostic {
  const found = findJsonError(json)
  if (found === null)
    return source.problem(
      'document.json',
      `${source.name} is not an Unroll document, for its text is not JSON: choose another file.`,
    )
  const where = `line ${found.line}, column ${found.column}`
  if (found.line === 1 && found.column === 1) {
    return source.problem(
      'document.json',
      `${source.name} is not an Unroll document, for it does not begin like one (${where}): choose a file that ends in .unroll.`,
      1,
    )
  }
  return source.problem(
    'document.json',
    `${source.name} is damaged in ${where}: ${found.message}. ${ADVICE}`,
    found.line,
  )
}

function describeRaw(problem: RawProblem, raw: unknown): string {
  const where = describePath(problem.path, raw)
  switch (problem.kind) {
    case 'key':
      return `${where} holds a field named “${problem.key}”, which no document may have. Delete that field, or open an older copy of the file.`
    case 'depth':
      return `${describePath(problem.path.slice(0, 4), raw)} is nested too deeply to be an Unroll document. ${ADVICE}`
    case 'infinite':
      return `${where} is a number too large to work with. ${ADVICE}`
  }
}

/** Is it one of ours, and of a version that we read? Then brings it to the newest version. */
function recognise(raw: unknown, source: Source): Checked<RawDocument> {
  if (!isRecord(raw) || raw.format !== FORMAT) {
    return bad(
      source.problem(
        'document.format',
        `${source.name} is not an Unroll document, for it does not say “format”: “${FORMAT}”; choose a file that was saved by Unroll.`,
      ),
    )
  }
  const version = raw.version
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return bad(
      source.problem(
        'document.version',
        `${source.name} does not say which version of the format it has: “version” must be a whole number from 1 to ${VERSION}. ${ADVICE}`,
      ),
    )
  }
  if (version > VERSION) {
    return bad(
      source.problem(
        'document.newer',
        `${source.name} was made by a newer Unroll (format version ${version}; this one reads up to ${VERSION}): update Unroll to open it.`,
      ),
    )
  }
  return good(migrate(raw, version))
}

function checkFields(raw: RawDocument, source: Source): Checked<UnrollDocument> {
  // Positions can be made again, so their absence is mended rather than refused.
  // A damaged version must not keep the document from opening, so versions are read one by one.
  const { versions: rawVersions, ...rest } = raw
  const read = readVersions(rawVersions)
  const marks = takeDamagedMarks(raw.layout ?? {})
  const result = documentSchema.safeParse({ ...rest, layout: marks.layout })
  if (!result.success) {
    const problems = result.error.issues
      .slice(0, MAX_PROBLEMS)
      .map((issue) => source.problem('document.field', `${source.name}: ${describeIssue(issue, raw)} ${ADVICE}`))
    return bad(...problems)
  }
  const ids = result.data.models.map((model) => model.id)
  const double = ids.find((id, index) => ids.indexOf(id) !== index)
  if (double !== undefined) {
    return bad(
      source.problem(
        'document.models',
        `${source.name}: two models have the id “${double}”. Give one of them another id in a text editor, or open an older copy of the file.`,
      ),
    )
  }
  const { document, problems } = repairDocument(result.data)
  const whole = read.versions === undefined ? document : { ...document, versions: read.versions }
  return good(whole, [...lostMarksProblems(document.models, marks.lost), ...problems, ...read.problems])
}

function isRecord(value: unknown): value is RawDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
