import { invariant } from '../base/invariant'
import type { UnrollDocument } from './schema'

/**
 * The text of a `.unroll` file: keys sorted by code unit, two spaces, final newline, so that a difference between two versions
 * reads well and equal documents give equal bytes. Fields that are undefined are left out. Every number is finite.
 */
export function serializeDocument(document: UnrollDocument): string {
  return `${write(document, '')}\n`
}

function write(value: unknown, indent: string): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    const inner = `${indent}  `
    return `[\n${value.map((item) => inner + write(item ?? null, inner)).join(',\n')}\n${indent}]`
  }
  if (typeof value === 'object' && value !== null) return writeObject(value, indent)
  invariant(typeof value !== 'number' || Number.isFinite(value), 'a document holds finite numbers only')
  const text = JSON.stringify(value)
  invariant(typeof text === 'string', `a document holds plain data only, not a ${typeof value}`)
  return text
}

function writeObject(value: object, indent: string): string {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  if (entries.length === 0) return '{}'
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  const inner = `${indent}  `
  return `{\n${entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${write(item, inner)}`).join(',\n')}\n${indent}}`
}
