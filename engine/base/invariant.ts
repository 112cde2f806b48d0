/** Our own mistake: a broken promise between two parts of the program. Never caused by what the user did. */
export class InternalError extends Error {
  override readonly name = 'InternalError'
}

/** A sentence, or what makes one: where a check runs ten thousand times its sentence is put together only when it is needed. */
export type Message = string | (() => string)

/** Throws InternalError with `message` unless `condition` holds. */
export function invariant(condition: unknown, message: Message): asserts condition {
  if (!condition) throw new InternalError(said(message))
}

/** Returns `value`, or throws InternalError when it is null or undefined. */
export function present<T>(value: T | null | undefined, message: Message): T {
  if (value === null || value === undefined) throw new InternalError(said(message))
  return value
}

function said(message: Message): string {
  return typeof message === 'string' ? message : message()
}

/** Ends a switch over a union: the compiler proves that it is never reached. */
export function assertNever(value: never): never {
  throw new InternalError(`unexpected case ${JSON.stringify(value)}`)
}
