import { z } from 'zod'

// The window forbids `eval`; without this zod would try it once and leave a security warning behind.
z.config({ jitless: true })

/** Names that every JavaScript object answers to: as an id, `objects[id]` would find something that nobody put there. */
const RESERVED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype))
export const isReserved = (name: string): boolean => RESERVED.has(name)
const notReserved = (name: string) => !isReserved(name)
const RESERVED_MESSAGE = 'is a reserved word'

/** Stable id of a node, wire or model: letters, digits, `-` and `_`, at most 64. */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .refine(notReserved, RESERVED_MESSAGE)
export const keySchema = z.string().min(1).max(64).refine(notReserved, RESERVED_MESSAGE)
export const nameSchema = z.string().max(200)
