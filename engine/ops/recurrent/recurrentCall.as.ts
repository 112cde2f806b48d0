/**
 * One call of a recurrent op. The host writes the fields down to `scratch` at the start of the workspace, in the order of
 * recurrentCall.ts; the kernel fills in the rest. Addresses are bytes, 0 for a tensor that is absent or not wanted. Sequences are
 * [T, B, F], `lengths` i32 [B], states [B, H].
 */
// @ts-ignore: decorator
@unmanaged
export class RecurrentCall {
  /** rnn: activation; gru: 1 when the reset comes before the product. */
  variant: i32
  time: i32
  batch: i32
  inputs: i32
  hidden: i32
  /** Width of y and of the state: `hidden`, unless it is projected. */
  state: i32
  /** Rows of both weights: gates · hidden. */
  wide: i32
  /** How many of them are normalised together first; `wide` unless there is a second group. */
  firstGroup: i32

  x: usize
  weightIh: usize
  weightHh: usize
  biasIh: usize
  biasHh: usize
  lengths: usize
  initialState: usize
  initialMemory: usize
  /** Diagonal weights [H] from the cell to the gates; all three or none. */
  peepholeI: usize
  peepholeF: usize
  peepholeO: usize
  /** [P, H]: makes the state from what the cells give. */
  weightHr: usize
  /** [B, P]: what the state is multiplied with before weight_hh meets it. */
  mask: usize
  /** [wide]: what the normalised products are multiplied with. */
  gainIh: usize
  gainHh: usize

  y: usize
  /** Activated. */
  gates: usize
  /** lstm: cells; gru: what the reset gate made or will multiply. */
  kept: usize
  finalState: usize
  finalMemory: usize
  /** What the cells give before the projection. */
  raw: usize
  /** [T, B, P]: with a mask, what weight_hh met. */
  met: usize
  /** [T, B, 2·wide]: the products with x and with the state, normalised; 0 when they are not. */
  normal: usize
  /** [T, B, 2·groups] */
  scales: usize

  dy: usize
  dFinalState: usize
  dFinalMemory: usize
  /** Gradients of the gates before activation; may lie over `gates` (rnn: over `dy`). */
  dGates: usize
  /** gru only; may lie over `kept`. */
  dKept: usize
  /** With a projection: the whole gradient of y, from outside and from the steps behind. */
  dProjected: usize
  /** [T, B, 2·wide]: gradients of both products before they were normalised. */
  dProducts: usize
  dx: usize
  dWeightIh: usize
  dWeightHh: usize
  dBiasIh: usize
  dBiasHh: usize
  dPeepholeI: usize
  dPeepholeF: usize
  dPeepholeO: usize
  dWeightHr: usize
  dGainIh: usize
  dGainHh: usize
  dInitialState: usize
  dInitialMemory: usize
  scratch: usize

  /** A row of zeros: what absent states and gradients read as. */
  zeros: usize
  /** Workspace behind the zeros, free for every stage of a kernel anew. */
  free: usize
  packedIh: usize
  packedHh: usize
  /** gru: the candidate's part of the recurrent weight. */
  packedCandidate: usize
  bias: usize
  /** The projection, packed for the way that the kernel goes. */
  packedHr: usize
  /** Gradient [B, H] of what the cells gave at one step, before the projection. */
  dRaw: usize
  /** Gradient [B, P] of what weight_hh met at one step, before it goes through the mask. */
  dMet: usize
  /** Gradients of the state and of the memory after a step, from the steps behind it. */
  dStates: usize
  dMemories: usize
  /** PRODUCT_WORK floats. */
  work: usize
}

/** Bytes set aside for a call (CALL_ELEMENTS). */
export const CALL_BYTES: usize = 384
