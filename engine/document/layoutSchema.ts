import { z } from 'zod'
import { idSchema, nameSchema } from './ids'

/** Nodes of one model. */
export const MAX_NODES = 2000
/** Sides of a frame, in canvas pixels. */
const sideSchema = z.number().min(1).max(100_000)
export const pointSchema = z.looseObject({
  x: z.number(),
  y: z.number(),
  /** Frames only; absent: as large as what they hold needs. */
  width: sideSchema.optional(),
  height: sideSchema.optional(),
})
/** One of the canvas' own hues, named in renderer/theme/tokens.css. */
const hueSchema = z.enum(['green', 'blue', 'orange', 'pink', 'vermilion', 'yellow'])

/** A named set of nodes of one parent, drawn together; closed it is one card (a block). It changes nothing that is computed. */
export const groupSchema = z.looseObject({
  name: nameSchema,
  hue: hueSchema.optional(),
  /** Nodes of one parent; a node is in one group at most. */
  nodes: z.array(idSchema).max(MAX_NODES),
  /** Closed: drawn as one card with the sockets of the wires that cross its border. */
  closed: z.boolean().optional(),
})

/** Words on the canvas, for people only. */
export const noteSchema = z.looseObject({
  text: z.string().max(5000),
  hue: hueSchema.optional(),
  x: z.number(),
  y: z.number(),
  width: sideSchema,
  height: sideSchema,
})

/** Groups, or notes, of one model. */
export const MAX_MARKS = 500
const few = (marks: object) => Object.keys(marks).length <= MAX_MARKS
const fewMessage = `holds more than ${MAX_MARKS}`

export const layoutSchema = z.record(
  idSchema,
  z.looseObject({
    nodes: z.record(idSchema, pointSchema),
    groups: z.record(idSchema, groupSchema).refine(few, fewMessage).optional(),
    notes: z.record(idSchema, noteSchema).refine(few, fewMessage).optional(),
  }),
)

export type Position = z.infer<typeof pointSchema>
export type Hue = z.infer<typeof hueSchema>
export type Group = z.infer<typeof groupSchema>
export type Note = z.infer<typeof noteSchema>
