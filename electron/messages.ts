import { z } from 'zod'
import { dataSchema } from '../engine/document/dataSchema'
import { idSchema } from '../engine/document/ids'
import { documentSchema, MAX_DOCUMENT_BYTES } from '../engine/document/schema'
import { blockSchema } from './blocks'
import { draftSchema } from './drafts'

/** Every payload that the window may send, checked before use: the window shows opened files, so it is not trusted. */
const runSchema = z.string().min(1).max(200)
const pathSchema = z.string().min(1).max(4096)

export const sampleIdSchema = z.string().max(64)
export const openPathSchema = pathSchema
export const blockIdSchema = blockSchema.shape.id
export const keepBlockSchema = blockSchema.extend({ id: blockIdSchema.nullable() })
export const keepDraftSchema = draftSchema.nullable()
export const themeSchema = z.enum(['system', 'light', 'dark'])
export const titleSchema = z.object({ name: z.string().max(300), unsaved: z.boolean() })
const actSchema = z.string().max(400).nullable()
export const historySchema = z.object({ undo: actSchema, redo: actSchema })
export const saveSchema = z.object({
  path: pathSchema.nullable(),
  suggestedName: z.string().max(300),
  text: z.string().max(MAX_DOCUMENT_BYTES),
})

export const engineCommandSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('describeData'),
    request: runSchema,
    data: dataSchema,
    documentPath: pathSchema.nullable(),
  }),
  z.object({
    kind: z.literal('train'),
    run: runSchema,
    document: documentSchema,
    model: idSchema,
    documentPath: pathSchema.nullable(),
    threads: z.number().int().min(1).max(64).nullable(),
  }),
  z.object({ kind: z.enum(['pause', 'resume', 'step', 'stop']), run: runSchema }),
  z.object({ kind: z.literal('setLearningRate'), run: runSchema, learningRate: z.number().gt(0).max(100) }),
  z.object({ kind: z.literal('frameRead'), run: runSchema, step: z.number().int().min(0) }),
])
