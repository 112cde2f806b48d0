/** Our own mistake: a broken promise between two parts of the program. Never caused by what the user did. */
export class InternalError extends Error {
  override readonly name = 'InternalError'
}

/** Throws InternalError with `message` unless `condition` holds. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InternalError(message)
}

/** Returns `value`, or throws InternalError when it is null or undefined. */
export function present<T>(value: T | null | undefined, message: string): T {
  if (value === null || value === undefined) throw new InternalError(message)
  return value
}

/** Ends a switch over a union: the compiler proves that it is never reached. */
export function assertNever(value: never): never {
  throw new InternalError(`unexpected case ${JSON.stringify(value)}`)
}
