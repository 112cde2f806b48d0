import { activationGradientReference, activationReference } from './activation/activationReference'
import { addReference } from './add/addReference'
import { averageOverTimeGradientReference, averageOverTimeReference } from './averageOverTime/averageOverTimeReference'
import { crossEntropyReference } from './crossEntropy/crossEntropyReference'
import { dropoutReference } from './dropout/dropoutReference'
import { embeddingGradientReference, embeddingReference } from './embedding/embeddingReference'
import { gateStatisticsReference } from './gateStatistics/gateStatisticsReference'
import { gruGradientReference, gruReference } from './gru/gruReference'
import type { KernelTable } from './kernel'
import { lastStepGradientReference, lastStepReference } from './lastStep/lastStepReference'
import { linearInputGradientReference, linearReference, linearWeightGradientReference } from './linear/linearReference'
import { lstmGradientReference, lstmReference } from './lstm/lstmReference'
import { meanSquaredErrorReference } from './meanSquaredError/meanSquaredErrorReference'
import { oneReference } from './one/oneReference'
import { rnnGradientReference, rnnReference } from './rnn/rnnReference'
import { scaleByReference } from './scaleBy/scaleByReference'

/** Every op in readable TypeScript, over float32 and float64 memory alike: what the SIMD kernels are tested against. */
export const referenceKernels: KernelTable = {
  activation: activationReference,
  activationGradient: activationGradientReference,
  add: addReference,
  averageOverTime: averageOverTimeReference,
  averageOverTimeGradient: averageOverTimeGradientReference,
  crossEntropy: crossEntropyReference,
  dropout: dropoutReference,
  embedding: embeddingReference,
  embeddingGradient: embeddingGradientReference,
  gateStatistics: gateStatisticsReference,
  gru: gruReference,
  gruGradient: gruGradientReference,
  lastStep: lastStepReference,
  lastStepGradient: lastStepGradientReference,
  linear: linearReference,
  linearInputGradient: linearInputGradientReference,
  linearWeightGradient: linearWeightGradientReference,
  lstm: lstmReference,
  lstmGradient: lstmGradientReference,
  meanSquaredError: meanSquaredErrorReference,
  one: oneReference,
  rnn: rnnReference,
  rnnGradient: rnnGradientReference,
  scaleBy: scaleByReference,
}
