import { z } from 'zod'
import { dataSchema } from '../document/dataSchema'
import { idSchema } from '../document/ids'
import { documentSchema } from '../document/schema'
import { type Command, type Envelope, PROTOCOL_VERSION } from './protocol'

const runSchema = z.string().min(1).max(200)
const foldersSchema = z.object({ samples: z.string().min(1), document: z.string().min(1).nullable() })

const trainRequestSchema = z.object({
  run: runSchema,
  document: documentSchema,
  model: idSchema,
  folders: foldersSchema,
  threads: z.number().int().min(1).max(64).nullable(),
  checkpoint: z.string().min(1).optional(),
  resume: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('file'), path: z.string().min(1) }),
      z.object({ kind: z.literal('bytes'), bytes: z.instanceof(Uint8Array) }),
    ])
    .optional(),
})

const commandSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('describeData'), request: runSchema, data: dataSchema, folders: foldersSchema }),
  z.object({ kind: z.literal('train'), request: trainRequestSchema }),
  z.object({ kind: z.literal('pause'), run: runSchema }),
  z.object({ kind: z.literal('resume'), run: runSchema }),
  z.object({ kind: z.literal('step'), run: runSchema }),
  z.object({ kind: z.literal('stop'), run: runSchema }),
  z.object({ kind: z.literal('setLearningRate'), run: runSchema, learningRate: z.number().gt(0).max(100) }),
  z.object({ kind: z.literal('fetchWeights'), request: runSchema, run: runSchema, which: z.enum(['best', 'last']) }),
  z.object({ kind: z.literal('frameRead'), run: runSchema, step: z.number().int().min(0) }),
])

const envelopeSchema = z.object({
  version: z.literal(PROTOCOL_VERSION),
  sequence: z.number().int().min(0),
  message: commandSchema,
})

/** What came over the channel, checked; a message of another shape or version gives a sentence about it. */
export function readEnvelope(raw: unknown): { ok: true; envelope: Envelope<Command> } | { ok: false; message: string } {
  const parsed = envelopeSchema.safeParse(raw)
  if (parsed.success) return { ok: true, envelope: parsed.data }
  const issue = parsed.error.issues[0]
  return { ok: false, message: `the engine host refused a message: ${issue?.path.join('.')}: ${issue?.message}` }
}
