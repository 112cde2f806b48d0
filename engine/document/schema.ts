import { z } from 'zod'
import { dataSchema } from './dataSchema'
import { idSchema, keySchema, nameSchema } from './ids'
import { layoutSchema, MAX_NODES } from './layoutSchema'
import { trainingSchema } from './trainingSchema'

/**
 * The document: everything a person makes. Parsed from an untrusted file, so every size is bounded here and unknown fields
 * are kept (`looseObject`) so that a newer file survives a round trip. Layout is kept apart from meaning.
 */

export const FORMAT = 'unroll'
export const VERSION = 1
/** Bytes; a larger file is refused before it is parsed. */
export const MAX_DOCUMENT_BYTES = 20 * 1024 * 1024
/** Wires of one model. */
export const MAX_WIRES = 20_000

export const nodeSchema = z.looseObject({
  /** A key of engine/nodes/index; an unknown one shows as a placeholder. */
  type: keySchema,
  /** The user's own name; the definition's title stands in when absent. */
  name: nameSchema.optional(),
  settings: z.record(z.string().max(64), z.unknown()),
  /** The frame that holds this node. */
  parent: idSchema.optional(),
  /** True: training leaves the weights of this node, and of what it holds, as they are. */
  frozen: z.boolean().optional(),
  /** True: left out of the computation, what comes in goes on to where its output leads. */
  bypassed: z.boolean().optional(),
})

const endSchema = z.looseObject({ node: idSchema, port: keySchema })
export const wireSchema = z.looseObject({ from: endSchema, to: endSchema })

export const modelSchema = z.looseObject({
  id: idSchema,
  name: nameSchema,
  nodes: z
    .record(idSchema, nodeSchema)
    .refine((nodes) => Object.keys(nodes).length <= MAX_NODES, `holds more than ${MAX_NODES} nodes`),
  wires: z
    .record(idSchema, wireSchema)
    .refine((wires) => Object.keys(wires).length <= MAX_WIRES, `holds more than ${MAX_WIRES} wires`),
})

/** What one version keeps: all that undo can change, except the versions themselves. */
export const contentSchema = z.looseObject({
  name: nameSchema,
  /** What a sample shows, and what to look for while it trains; a few words for the reader. */
  claim: z.string().max(1000).optional(),
  lookFor: z.string().max(2000).optional(),
  data: dataSchema,
  models: z.array(modelSchema).min(1).max(50),
  training: trainingSchema,
  /**
   * Model id → node id → position of the card's top left corner, in canvas pixels; of a node in a frame from the frame's top left
   * corner.
   */
  layout: layoutSchema,
})

export const MAX_VERSIONS = 50
export const savedVersionSchema = z.looseObject({
  id: idSchema,
  name: nameSchema,
  /** ISO 8601, UTC. */
  savedAt: z.iso.datetime(),
  content: contentSchema,
})

export const documentSchema = contentSchema.extend({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  /** Oldest first. */
  versions: z.array(savedVersionSchema).max(MAX_VERSIONS).optional(),
})

export type UnrollDocument = z.infer<typeof documentSchema>
export type Model = z.infer<typeof modelSchema>
export type GraphNode = z.infer<typeof nodeSchema>
export type Wire = z.infer<typeof wireSchema>
export type SavedVersion = z.infer<typeof savedVersionSchema>
export type DocumentContent = z.infer<typeof contentSchema>
