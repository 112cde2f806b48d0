/** What an entry is made from, and how. */
interface Recipe<T> {
  /** Compared one by one, by identity. */
  parts: readonly unknown[]
  make: () => T
}

/**
 * Makes a list of values, one for each id, and keeps those of the last time whose parts are all the same. Every id must have the same
 * number of parts each time.
 *
 * @returns `recipe` gets the id and the value of the last time, if there was one
 */
export function keepEach<T>(): (ids: readonly string[], recipe: (id: string, old: T | undefined) => Recipe<T>) => T[] {
  let before = new Map<string, { parts: readonly unknown[]; value: T }>()
  return (ids, recipe) => {
    const now = new Map<string, { parts: readonly unknown[]; value: T }>()
    const values = ids.map((id) => {
      const old = before.get(id)
      const { parts, make } = recipe(id, old?.value)
      const entry = old?.parts.every((part, index) => Object.is(part, parts[index])) ? old : { parts, value: make() }
      now.set(id, entry)
      return entry.value
    })
    before = now
    return values
  }
}
