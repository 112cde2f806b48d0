import { isAbsolute, resolve } from 'node:path'

/** The document named on a command line, or null. Flags and the app's own folder come before it. */
export function documentArgument(argv: readonly string[], folder: string): string | null {
  const named = argv.slice(1).findLast((entry) => !entry.startsWith('-') && entry.toLowerCase().endsWith('.unroll'))
  if (named === undefined) return null
  return isAbsolute(named) ? named : resolve(folder, named)
}
