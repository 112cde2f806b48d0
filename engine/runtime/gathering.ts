/** Of a step whose gradients are gathered over several batches: its first batch, or a further one; `off`: each batch is a step. */
export const GATHERINGS = ['off', 'first', 'more'] as const
export type Gathering = (typeof GATHERINGS)[number]
