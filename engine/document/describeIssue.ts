import type { z } from 'zod'
import { valueAt } from './rawJson'

type Issue = z.core.$ZodIssue

/**
 * One sentence for one schema issue: which field, in the words of the window and as a path for those who edit the file by hand, what
 * it must be, what it is. `raw` is the parsed JSON.
 */
export function describeIssue(issue: Issue, raw: unknown): string {
  const value = valueAt(raw, issue.path)
  const where = `${describePath(issue.path, raw)} (${issue.path.map(String).join('.') || 'the whole file'})`
  if (issue.code === 'invalid_key') return `${where} ${keyRule(issue)}.`
  if (issue.code === 'custom') return `${where} ${issue.message}.`
  const rule = describeRule(issue)
  if (value === undefined) return `${where} is missing; it must ${rule}.`
  return `${where} must ${rule}, but is ${brief(value)}.`
}

/** "training settings › batch size", "model “LSTM” › node “Memory” › settings". */
export function describePath(path: readonly PropertyKey[], raw: unknown): string {
  const words: string[] = []
  for (let i = 0; i < path.length; i++) {
    const key = String(path[i])
    const parent = i > 0 ? String(path[i - 1]) : ''
    const named = words.length > 0 && (parent === 'models' || parent === 'nodes' || parent === 'wires')
    if (named) words[words.length - 1] = nameOf(parent, key, path.slice(0, i + 1), raw)
    else words.push(TOP_WORDS.get(i === 0 ? key : '') ?? humanise(key))
  }
  return words.join(' › ') || 'the document'
}

/** Short JSON of any value, for the end of a sentence. */
export function brief(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'a group of fields'
  if (value === null) return 'empty (null)'
  const text = typeof value === 'string' ? `“${value}”` : String(value)
  return text.length > 42 ? `${text.slice(0, 40)}…” (${text.length} characters)` : text
}

const TOP_WORDS: ReadonlyMap<string, string> = new Map([
  ['data', 'data set'],
  ['training', 'training settings'],
  ['models', 'models'],
  ['layout', 'layout'],
  ['name', 'document name'],
])

function nameOf(kind: string, key: string, path: readonly PropertyKey[], raw: unknown): string {
  if (kind === 'wires') return `wire “${key}”`
  const own = valueAt(raw, [...path, 'name'])
  const shown =
    typeof own === 'string' && own !== '' ? own.slice(0, 60) : kind === 'models' ? String(Number(key) + 1) : key
  return `${kind === 'models' ? 'model' : 'node'} “${shown}”`
}

function humanise(key: string): string {
  return key.replace(/([a-z])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`)
}

/** Follows "must". */
function describeRule(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `be ${TYPE_WORDS.get(issue.expected) ?? issue.expected}`
    case 'too_small':
      return bound(issue.inclusive ? 'at least' : 'more than', issue.minimum, issue.origin)
    case 'too_big':
      return bound(issue.inclusive ? 'at most' : 'less than', issue.maximum, issue.origin)
    case 'invalid_value':
      return `be ${oneOf(issue.values)}`
    case 'invalid_union':
      return `be ${'options' in issue && Array.isArray(issue.options) ? oneOf(issue.options) : 'of another form'}`
    case 'invalid_format':
      return issue.path.at(-1) === 'name'
        ? 'be the plain name of a sample file'
        : 'be made of letters, digits, - and _ (at most 64)'
    default:
      return 'be of another form'
  }
}

const TYPE_WORDS: ReadonlyMap<string, string> = new Map([
  ['string', 'a text in double quotes'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list [ … ]'],
  ['object', 'a group of fields { … }'],
  ['record', 'a group of fields { … }'],
])

function bound(words: string, limit: number | bigint, origin: string): string {
  if (origin !== 'string' && origin !== 'array') return `be ${words} ${limit}`
  const noun = origin === 'string' ? 'character' : Number(limit) === 1 ? 'entry' : 'entrie'
  return `have ${words} ${limit} ${noun}${Number(limit) === 1 ? '' : 's'}`
}

function oneOf(values: readonly unknown[]): string {
  const shown = values.map((value) => (typeof value === 'string' ? `“${value}”` : String(value)))
  return shown.length === 1 ? (shown[0] ?? '') : `one of ${shown.join(', ')}`
}

function keyRule(issue: Issue): string {
  const inner = 'issues' in issue ? issue.issues[0] : undefined
  if (inner?.code === 'custom') return `${inner.message}, which cannot be an id`
  return 'is not an id: ids are 1 to 64 letters, digits, - and _'
}
