import type { Diagnostic } from '../document/diagnostic'

/** An option as `--help` shows it and the parser reads it. */
export interface OptionSpec {
  /** What stands after it ("N", "DIR"); absent: it is a switch. */
  value?: string
  /** May stand several times; `Given.lists` has all of its values. Arguments behind the document belong to it too. */
  repeats?: boolean
  help: string
}

/** One command of `unroll`; every command also takes `--json` and `--help`. */
export interface Command {
  name: string
  summary: string
  /** A document comes first. */
  takesFile: boolean
  options: Readonly<Record<string, OptionSpec>>
  /** @returns the exit code: 0, or 1 when problems were printed. Throws UserFailure for what stops it. */
  run(given: Given, io: Terminal): Promise<number>
}

/** What was on the command line, checked against the command's options. */
export interface Given {
  /** The document's path; '' when the command takes none. */
  file: string
  values: ReadonlyMap<string, string>
  /** Of options that may stand several times. */
  lists: ReadonlyMap<string, readonly string[]>
  json: boolean
}

/** Where a command writes. Results go to `out`, everything else to `err`. */
export interface Terminal {
  out(line: string): void
  err(line: string): void
  /** Replaces the progress line on a terminal; does nothing when `err` is no terminal. */
  progress(line: string): void
  env: Readonly<Record<string, string | undefined>>
  /** Milliseconds. */
  now(): number
}

/** The user's mistake: printed as sentences, exit code 1. */
export class UserFailure extends Error {
  override readonly name = 'UserFailure'
  readonly problems: readonly Diagnostic[]

  constructor(problems: readonly Diagnostic[]) {
    super(problems.map(({ message }) => message).join(' '))
    this.problems = problems
  }
}

/** A failure of the command line itself. */
export function badArguments(code: string, message: string): UserFailure {
  return new UserFailure([{ code: `arguments.${code}`, severity: 'error', message, place: { kind: 'document' } }])
}
