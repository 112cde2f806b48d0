import { z } from 'zod'

const size = z.int().min(1).max(4096)
/** Examples per step and time steps of each, for every configuration. */
const batch = { name: z.string(), batch: size, steps: size }

/**
 * What is timed, the same for every peer: one training step (forward, loss, backward, Adam) on drawn data.
 * `numbers`: recurrent layer, its last step, a dense layer to one number, squared error.
 * `symbols`: embedding, recurrent layers, a dense layer over the vocabulary, cross-entropy at every step.
 * `tagger`: an LSTM read in both directions, a dense layer over the tags, cross-entropy at every step.
 * `transformer`: embedding, sine waves for positions, blocks that look back only (norm before, GELU, no dropout), the same end.
 * `streaming`: no training; one time step forward through an LSTM that goes on from its state.
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
  z.object({ ...batch, kind: z.literal('tagger'), input: size, hidden: size, tags: size }),
  z.object({ ...batch, kind: z.literal('streaming'), input: size, hidden: size }),
])
export type Configuration = z.infer<typeof configurationSchema>
export type Training = Exclude<Configuration, { kind: 'streaming' }>

/**
 * One line on a peer's standard input. `load`: the first step with weights, batch, loss and gradients goes to `file` (which the
 * engine writes and the others read). `time`: train for so many milliseconds, at least one step; on `threads`, or as many as pay.
 * `compile`: how long the compiler takes for a graph of so many nodes. `analyse`: how long validation and shapes take for one of
 * such a size, which also goes to `file`.
 */
export const requestSchema = z.union([
  z.object({ load: configurationSchema, file: z.string() }),
  z.object({ time: z.number().min(0), threads: z.enum(['one', 'all']).optional() }),
  z.object({ compile: z.int().min(8).max(5000) }),
  z.object({ analyse: z.object({ nodes: size, wires: size, file: z.string() }) }),
])
export type Request = z.infer<typeof requestSchema>
