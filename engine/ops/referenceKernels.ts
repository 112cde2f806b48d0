import { huberReference, meanAbsoluteErrorReference } from './absoluteError/absoluteErrorReference'
import { activationGradientReference, activationReference } from './activation/activationReference'
import { addReference } from './add/addReference'
import {
  additiveAttentionGradientReference,
  additiveAttentionReference,
} from './additiveAttention/additiveAttentionReference'
import { attendGradientReference, attendReference } from './attend/attendReference'
import { attentionGradientReference, attentionReference } from './attention/attentionReference'
import { attentionPoolGradientReference, attentionPoolReference } from './attentionPool/attentionPoolReference'
import { attentionSampleReference } from './attentionSample/attentionSampleReference'
import { averageOverTimeGradientReference, averageOverTimeReference } from './averageOverTime/averageOverTimeReference'
import { binaryCrossEntropyReference } from './binaryCrossEntropy/binaryCrossEntropyReference'
import { causalWindowGradientReference, causalWindowReference } from './causalWindow/causalWindowReference'
import { chooseTokensReference, largestReference } from './chooseTokens/chooseTokensReference'
import { concatReference, sliceGradientReference, sliceReference } from './concat/concatReference'
import { constantReference } from './constant/constantReference'
import { crossEntropyReference } from './crossEntropy/crossEntropyReference'
import { dropoutReference } from './dropout/dropoutReference'
import { embeddingGradientReference, embeddingReference } from './embedding/embeddingReference'
import { gateStatisticsReference } from './gateStatistics/gateStatisticsReference'
import { geluGradientReference, geluReference } from './gelu/geluReference'
import { gruGradientReference, gruReference } from './gru/gruReference'
import { gruCellGradientReference, gruCellReference } from './gruCell/gruCellReference'
import type { KernelTable } from './kernel'
import { lastStepGradientReference, lastStepReference } from './lastStep/lastStepReference'
import { layerNormGradientReference, layerNormReference } from './layerNorm/layerNormReference'
import { linearInputGradientReference, linearReference, linearWeightGradientReference } from './linear/linearReference'
import {
  complexRecurrenceGradientReference,
  complexRecurrenceReference,
} from './linearRecurrence/complexRecurrenceReference'
import { eigenvaluesGradientReference, eigenvaluesReference } from './linearRecurrence/eigenvaluesReference'
import { gatedRecurrenceGradientReference, gatedRecurrenceReference } from './linearRecurrence/gatedRecurrenceReference'
import {
  coupledLstmGradientReference,
  coupledLstmReference,
  lstmGradientReference,
  lstmReference,
} from './lstm/lstmReference'
import { lstmCellGradientReference, lstmCellReference } from './lstmCell/lstmCellReference'
import { maxOverTimeGradientReference, maxOverTimeReference } from './maxOverTime/maxOverTimeReference'
import { meanSquaredErrorReference } from './meanSquaredError/meanSquaredErrorReference'
import { multiplyReference } from './multiply/multiplyReference'
import { oneReference } from './one/oneReference'
import { onesReference } from './ones/onesReference'
import { addPositionsGradientReference, addPositionsReference, sinusoidReference } from './positions/positionsReference'
import { quantileLossReference } from './quantileLoss/quantileLossReference'
import { repeatOverTimeGradientReference, repeatOverTimeReference } from './repeatOverTime/repeatOverTimeReference'
import { reshapeReference } from './reshape/reshapeReference'
import { reverseReference } from './reverse/reverseReference'
import { rnnGradientReference, rnnReference } from './rnn/rnnReference'
import { rotaryReference } from './rotary/rotaryReference'
import { scaleReference } from './scale/scaleReference'
import { scaleByReference } from './scaleBy/scaleByReference'
import { scaleFeaturesReference, scaleFeaturesWeightGradientReference } from './scaleFeatures/scaleFeaturesReference'
import { scanKernel } from './scan/scanReference'
import { shownShareReference } from './shownShare/shownShareReference'

/** Every op in readable TypeScript, over float32 and float64 memory alike: what the SIMD kernels are tested against. */
export const referenceKernels: KernelTable = {
  activation: activationReference,
  activationGradient: activationGradientReference,
  add: addReference,
  addPositions: addPositionsReference,
  addPositionsGradient: addPositionsGradientReference,
  additiveAttention: additiveAttentionReference,
  additiveAttentionGradient: additiveAttentionGradientReference,
  attend: attendReference,
  attendGradient: attendGradientReference,
  attention: attentionReference,
  attentionGradient: attentionGradientReference,
  attentionPool: attentionPoolReference,
  attentionPoolGradient: attentionPoolGradientReference,
  attentionSample: attentionSampleReference,
  averageOverTime: averageOverTimeReference,
  averageOverTimeGradient: averageOverTimeGradientReference,
  binaryCrossEntropy: binaryCrossEntropyReference,
  chooseTokens: chooseTokensReference,
  causalWindow: causalWindowReference,
  causalWindowGradient: causalWindowGradientReference,
  complexRecurrence: complexRecurrenceReference,
  complexRecurrenceGradient: complexRecurrenceGradientReference,
  concat: concatReference,
  constant: constantReference,
  coupledLstm: coupledLstmReference,
  coupledLstmGradient: coupledLstmGradientReference,
  crossEntropy: crossEntropyReference,
  dropout: dropoutReference,
  eigenvalues: eigenvaluesReference,
  eigenvaluesGradient: eigenvaluesGradientReference,
  embedding: embeddingReference,
  embeddingGradient: embeddingGradientReference,
  gatedRecurrence: gatedRecurrenceReference,
  gatedRecurrenceGradient: gatedRecurrenceGradientReference,
  gateStatistics: gateStatisticsReference,
  gelu: geluReference,
  geluGradient: geluGradientReference,
  gru: gruReference,
  gruCell: gruCellReference,
  gruCellGradient: gruCellGradientReference,
  gruGradient: gruGradientReference,
  huber: huberReference,
  largest: largestReference,
  lastStep: lastStepReference,
  lastStepGradient: lastStepGradientReference,
  layerNorm: layerNormReference,
  layerNormGradient: layerNormGradientReference,
  linear: linearReference,
  linearInputGradient: linearInputGradientReference,
  linearWeightGradient: linearWeightGradientReference,
  lstm: lstmReference,
  lstmCell: lstmCellReference,
  lstmCellGradient: lstmCellGradientReference,
  lstmGradient: lstmGradientReference,
  maxOverTime: maxOverTimeReference,
  maxOverTimeGradient: maxOverTimeGradientReference,
  meanAbsoluteError: meanAbsoluteErrorReference,
  meanSquaredError: meanSquaredErrorReference,
  multiply: multiplyReference,
  one: oneReference,
  ones: onesReference,
  quantileLoss: quantileLossReference,
  repeatOverTime: repeatOverTimeReference,
  repeatOverTimeGradient: repeatOverTimeGradientReference,
  reshape: reshapeReference,
  reverse: reverseReference,
  rnn: rnnReference,
  rnnGradient: rnnGradientReference,
  rotary: rotaryReference,
  scale: scaleReference,
  scaleBy: scaleByReference,
  scaleFeatures: scaleFeaturesReference,
  scaleFeaturesWeightGradient: scaleFeaturesWeightGradientReference,
  scan: scanKernel(() => referenceKernels),
  shownShare: shownShareReference,
  sinusoid: sinusoidReference,
  slice: sliceReference,
  sliceGradient: sliceGradientReference,
}
