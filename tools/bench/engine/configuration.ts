import { z } from 'zod'

const size = z.int().min(1).max(4096)
/** Examples per step and time steps of each, for every configuration. */
const batch = { name: z.string(), batch: size, steps: size }

/**
 * What is timed, the same for every peer: one training step (forward, loss, backward, Adam) on drawn data.
 * `numbers`: recurrent layer, its last step, a dense layer to one number, squared error.
 * `symbols`: embedding, recurrent layers, a dense layer over the vocabulary, cross-entropy at every step.
 * `transformer`: embedding, sine waves for positions, blocks that look back only (norm before, GELU, no dropout), the same end.
 */
export const configurationSchema = z.discriminatedUnion('kind', [
  z.object({ ...batch, kind: z.literal('numbers'), cell: z.enum(['lstm', 'gru', 'rnn']), input: size, hidden: size }),
  z.object({ ...batch, kind: z.literal('symbols'), vocabulary: size, embedding: size, hidden: size, layers: size }),
  z.object({
    ...batch,
    kind: z.literal('transformer'),
    vocabulary: size,
    width: size,
    heads: size,
    feedForward: size,
    layers: size,
  }),
])
export type Configuration = z.infer<typeof configurationSchema>

/** One line on a peer's standard input. `time`: train for so many milliseconds, at least one step. */
export const requestSchema = z.union([z.object({ load: configurationSchema }), z.object({ time: z.number().min(0) })])
