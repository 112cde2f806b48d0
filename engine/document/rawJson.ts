/** Levels of nesting that a document may have; ours have about seven. */
export const MAX_DEPTH = 64

/** Keys that could change what an object is instead of what it holds. */
const DANGEROUS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

export type RawProblem =
  | { kind: 'key'; path: (string | number)[]; key: string }
  | { kind: 'depth'; path: (string | number)[] }
  | { kind: 'infinite'; path: (string | number)[] }

/** One object or array on the way down: its keys (null for an array, whose keys are its indices) and how far it was read. */
interface Level {
  value: object
  keys: string[] | null
  next: number
}

/**
 * The first thing in parsed JSON that no document may hold anywhere, even in fields we do not know: a dangerous key, endless nesting,
 * a number too large to write again. Walks without recursion and keeps only the way down, for a hostile file is wide or deep.
 */
export function findRawProblem(root: unknown): RawProblem | null {
  if (typeof root !== 'object' || root === null) return null
  const levels: Level[] = [openLevel(root)]
  const path = () => levels.map((level) => (level.keys === null ? level.next - 1 : (level.keys[level.next - 1] ?? '')))
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const key = level.keys === null ? level.next : level.keys[level.next]
    if (key === undefined || (Array.isArray(level.value) && level.next >= level.value.length)) {
      levels.pop()
      continue
    }
    if (typeof key === 'string' && DANGEROUS.has(key)) return { kind: 'key', path: path().slice(0, -1), key }
    level.next++
    const child: unknown = Reflect.get(level.value, key)
    if (typeof child === 'number' && !Number.isFinite(child)) return { kind: 'infinite', path: path() }
    if (typeof child !== 'object' || child === null) continue
    if (levels.length >= MAX_DEPTH) return { kind: 'depth', path: path() }
    levels.push(openLevel(child))
  }
  return null
}

function openLevel(value: object): Level {
  return { value, keys: Array.isArray(value) ? null : Object.keys(value), next: 0 }
}

/** The value at `path`, or undefined. Own properties only. */
export function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = root
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = Reflect.get(value, key)
  }
  return value
}
