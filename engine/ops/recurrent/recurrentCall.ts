/**
 * The words that a recurrent kernel is called with, in the order of the class in recurrentCall.as.ts. Every op uses those it has;
 * the others stay 0.
 */
export const CALL_FIELDS = [
  'variant',
  'time',
  'batch',
  'inputs',
  'hidden',
  'state',
  'x',
  'weightIh',
  'weightHh',
  'biasIh',
  'biasHh',
  'lengths',
  'initialState',
  'initialMemory',
  'peepholeI',
  'peepholeF',
  'peepholeO',
  'weightHr',
  'mask',
  'y',
  'gates',
  'kept',
  'finalState',
  'finalMemory',
  'raw',
  'met',
  'dy',
  'dFinalState',
  'dFinalMemory',
  'dGates',
  'dKept',
  'dProjected',
  'dx',
  'dWeightIh',
  'dWeightHh',
  'dBiasIh',
  'dBiasHh',
  'dPeepholeI',
  'dPeepholeF',
  'dPeepholeO',
  'dWeightHr',
  'dInitialState',
  'dInitialMemory',
  'scratch',
] as const

export type CallField = (typeof CALL_FIELDS)[number]

/** Elements at the start of a recurrent op's workspace that hold its call. */
export const CALL_ELEMENTS = 96
