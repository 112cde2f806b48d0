import type { Edit } from './edits'

/** Where a problem is, so that the window can jump to it and the command line can name it. */
export type Place =
  | { kind: 'document' }
  | { kind: 'file'; path: string; line?: number; column?: string }
  | { kind: 'data'; field?: string }
  | { kind: 'training'; field?: string }
  | { kind: 'model'; model: string }
  | { kind: 'node'; model: string; node: string; setting?: string }
  | { kind: 'port'; model: string; node: string; port: string; side: 'input' | 'output' }
  | { kind: 'wire'; model: string; wire: string }

/** A repair that the user can take with one click; its edits are one undo entry. */
export interface Fix {
  /** What the button says, a verb first: "Add Last step". */
  label: string
  edits: Edit[]
}

/**
 * The user's mistake, in the user's words. `code` is stable and dotted ("wire.missing"), `message` one sentence that says
 * what is wrong and what to do, with names as the user sees them.
 */
export interface Diagnostic {
  code: string
  severity: 'error' | 'warning'
  message: string
  place: Place
  fix?: Fix
}

/** A value, or the problems that kept it from being made. Warnings may come with a value. */
export type Checked<T> = { ok: true; value: T; problems: Diagnostic[] } | { ok: false; problems: Diagnostic[] }

export function good<T>(value: T, problems: Diagnostic[] = []): Checked<T> {
  return { ok: true, value, problems }
}

export function bad<T>(...problems: Diagnostic[]): Checked<T> {
  return { ok: false, problems }
}
