import { z } from 'zod'

const fractionSchema = z.number().min(0).max(1)

const decaySchema = z.number().gt(0).max(1)

/** How the learning rate changes while a run goes on; runtime/schedule.ts says by how much. */
export const scheduleSchema = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('constant') }),
  /** Multiplied by `factor` after every so many epochs. */
  z.looseObject({ kind: z.literal('step'), everyEpochs: z.number().int().min(1).max(100_000), factor: decaySchema }),
  /** Multiplied by `factor` after every epoch. */
  z.looseObject({ kind: z.literal('exponential'), factor: decaySchema }),
  /** Rises during the share `warmup` of all steps, then falls to 0 along half a cosine. */
  z.looseObject({ kind: z.literal('cosine'), warmup: fractionSchema }),
  /** Rises to the learning rate and falls far below its start. */
  z.looseObject({ kind: z.literal('oneCycle') }),
  /** Multiplied by `factor`, down to `minimum`, when the validation loss has not got better by the share `threshold` for more than
   * `patience` epochs. */
  z.looseObject({
    kind: z.literal('plateau'),
    factor: decaySchema,
    patience: z.number().int().min(0).max(100_000),
    threshold: fractionSchema,
    minimum: z.number().min(0).max(100),
  }),
])

export const trainingSchema = z.looseObject({
  seed: z.number().int().min(0).max(0xffffffff),
  epochs: z.number().int().min(1).max(100_000),
  /** Examples that are computed at once: those of one optimizer step, unless it gathers several batches. */
  batchSize: z.number().int().min(1).max(65_536),
  /** Batches whose gradients are added up before the weights move once, as if they were one batch; absent: 1. */
  gather: z.number().int().min(1).max(1024).optional(),
  optimizer: z.enum(['adam', 'adamw', 'sgd', 'rmsprop', 'adagrad']),
  /** Of `sgd`: the share of the last move that is kept; absent: none. */
  momentum: z.number().min(0).lt(1).optional(),
  /** Of `sgd` with momentum: look one step ahead. */
  nesterov: z.boolean().optional(),
  /** How strongly weights are pulled towards 0; absent: 0.01 for `adamw`, otherwise none. See training.ts. */
  weightDecay: z.number().min(0).max(10).optional(),
  learningRate: z.number().gt(0).max(100),
  /** Absent: constant. */
  schedule: scheduleSchema.optional(),
  /** Largest norm of the whole gradient; 0 switches clipping off (Pascanu 2013). */
  clipNorm: z.number().min(0).max(1e6),
  /** Largest size of each single number of the gradient, after `clipNorm`; absent or 0: no limit. */
  clipValue: z.number().min(0).max(1e6).optional(),
  /** Of running text: a batch goes on where the one before stopped, and layers that remember begin with what they remembered there. */
  carry: z.boolean().optional(),
  /** Ends the run after so many epochs without a better validation loss; absent or 0: never. */
  stopAfter: z.number().int().min(0).max(100_000).optional(),
})

export type LearningRateSchedule = z.infer<typeof scheduleSchema>
export type TrainingSettings = z.infer<typeof trainingSchema>
