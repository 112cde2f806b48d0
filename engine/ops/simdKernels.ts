import { activationGradientSimd, activationSimd } from './activation/activationSimd'
import { addSimd } from './add/addSimd'
import { additiveAttentionGradientSimd, additiveAttentionSimd } from './additiveAttention/additiveAttentionSimd'
import { attendGradientSimd, attendSimd } from './attend/attendSimd'
import { attentionGradientSimd, attentionSimd } from './attention/attentionSimd'
import { attentionPoolGradientSimd, attentionPoolSimd } from './attentionPool/attentionPoolSimd'
import { type KernelExports, kernelFunction, type SimdKernel } from './callSimd'
import { causalWindowGradientSimd, causalWindowSimd } from './causalWindow/causalWindowSimd'
import { concatSimd, sliceGradientSimd, sliceSimd } from './concat/concatSimd'
import { crossEntropySimd } from './crossEntropy/crossEntropySimd'
import { dropoutSimd } from './dropout/dropoutSimd'
import { embeddingGradientSimd, embeddingSimd } from './embedding/embeddingSimd'
import { gateStatisticsSimd } from './gateStatistics/gateStatisticsSimd'
import { geluGradientSimd, geluSimd } from './gelu/geluSimd'
import { gruGradientSimd, gruSimd } from './gru/gruSimd'
import { gruCellGradientSimd, gruCellSimd } from './gruCell/gruCellSimd'
import type { KernelTable } from './kernel'
import { layerNormGradientSimd, layerNormSimd } from './layerNorm/layerNormSimd'
import { linearInputGradientSimd, linearSimd, linearWeightGradientSimd } from './linear/linearSimd'
import {
  complexRecurrenceGradientSimd,
  complexRecurrenceSimd,
  gatedRecurrenceGradientSimd,
  gatedRecurrenceSimd,
} from './linearRecurrence/recurrenceSimd'
import { coupledLstmGradientSimd, coupledLstmSimd, lstmGradientSimd, lstmSimd } from './lstm/lstmSimd'
import { lstmCellGradientSimd, lstmCellSimd } from './lstmCell/lstmCellSimd'
import { maxOverTimeSimd } from './maxOverTime/maxOverTimeSimd'
import { huberSimd, meanAbsoluteErrorSimd, meanSquaredErrorSimd } from './meanSquaredError/numberLossSimd'
import { multiplySimd } from './multiply/multiplySimd'
import { overTimeGradientSimd, overTimeSimd } from './overTimeSimd'
import { addPositionsGradientSimd, addPositionsSimd } from './positions/positionsSimd'
import { referenceKernels } from './referenceKernels'
import { repeatOverTimeGradientSimd, repeatOverTimeSimd } from './repeatOverTime/repeatOverTimeSimd'
import { reverseSimd } from './reverse/reverseSimd'
import { rnnGradientSimd, rnnSimd } from './rnn/rnnSimd'
import { rotarySimd } from './rotary/rotarySimd'
import { scaleSimd } from './scale/scaleSimd'
import { scaleBySimd } from './scaleBy/scaleBySimd'
import { scaleFeaturesSimd, scaleFeaturesWeightGradientSimd } from './scaleFeatures/scaleFeaturesSimd'
import { scanKernel } from './scan/scanReference'

/** Ops with a kernel of their own in the WebAssembly module. */
const own: Readonly<Record<string, SimdKernel>> = {
  activation: activationSimd,
  activationGradient: activationGradientSimd,
  add: addSimd,
  addPositions: addPositionsSimd,
  addPositionsGradient: addPositionsGradientSimd,
  additiveAttention: additiveAttentionSimd,
  additiveAttentionGradient: additiveAttentionGradientSimd,
  attend: attendSimd,
  attendGradient: attendGradientSimd,
  attention: attentionSimd,
  attentionGradient: attentionGradientSimd,
  attentionPool: attentionPoolSimd,
  attentionPoolGradient: attentionPoolGradientSimd,
  averageOverTime: overTimeSimd('averageOverTime'),
  averageOverTimeGradient: overTimeGradientSimd('averageOverTimeGradient'),
  causalWindow: causalWindowSimd,
  causalWindowGradient: causalWindowGradientSimd,
  complexRecurrence: complexRecurrenceSimd,
  complexRecurrenceGradient: complexRecurrenceGradientSimd,
  concat: concatSimd,
  coupledLstm: coupledLstmSimd,
  coupledLstmGradient: coupledLstmGradientSimd,
  crossEntropy: crossEntropySimd,
  dropout: dropoutSimd,
  embedding: embeddingSimd,
  embeddingGradient: embeddingGradientSimd,
  gatedRecurrence: gatedRecurrenceSimd,
  gatedRecurrenceGradient: gatedRecurrenceGradientSimd,
  gateStatistics: gateStatisticsSimd,
  gelu: geluSimd,
  geluGradient: geluGradientSimd,
  gru: gruSimd,
  gruCell: gruCellSimd,
  gruCellGradient: gruCellGradientSimd,
  gruGradient: gruGradientSimd,
  huber: huberSimd,
  lastStep: overTimeSimd('lastStep'),
  lastStepGradient: overTimeGradientSimd('lastStepGradient'),
  layerNorm: layerNormSimd,
  layerNormGradient: layerNormGradientSimd,
  linear: linearSimd,
  linearInputGradient: linearInputGradientSimd,
  linearWeightGradient: linearWeightGradientSimd,
  lstm: lstmSimd,
  lstmCell: lstmCellSimd,
  lstmCellGradient: lstmCellGradientSimd,
  lstmGradient: lstmGradientSimd,
  maxOverTime: maxOverTimeSimd,
  maxOverTimeGradient: overTimeGradientSimd('maxOverTimeGradient'),
  meanAbsoluteError: meanAbsoluteErrorSimd,
  meanSquaredError: meanSquaredErrorSimd,
  multiply: multiplySimd,
  repeatOverTime: repeatOverTimeSimd,
  repeatOverTimeGradient: repeatOverTimeGradientSimd,
  reverse: reverseSimd,
  rnn: rnnSimd,
  rnnGradient: rnnGradientSimd,
  rotary: rotarySimd,
  scale: scaleSimd,
  scaleBy: scaleBySimd,
  scaleFeatures: scaleFeaturesSimd,
  scaleFeaturesWeightGradient: scaleFeaturesWeightGradientSimd,
  slice: sliceSimd,
  sliceGradient: sliceGradientSimd,
}

export interface SimdOptions {
  /**
   * Multiply in tiles of four rows instead of two: faster when V8 packs pairs of vectors into 256 bits, slower when it does not. The
   * digits are the same. It is a state of the module instance, so all tables of one instance follow the last choice.
   */
  wideTiles: boolean
}

/**
 * Kernels of one instance of kernels.simd.wasm or kernels.relaxed.wasm. The memory given to a kernel must be the one that the
 * instance imported. Ops without a kernel of their own use the reference.
 */
export function simdKernels(exports: KernelExports, options: SimdOptions = { wideTiles: false }): KernelTable {
  kernelFunction(exports, 'useWideTiles')(options.wideTiles ? 1 : 0)
  const bound = Object.entries(own).map(([op, kernel]) => [op, kernel(exports)] as const)
  // The body of a scan runs on the same kernels.
  const table: KernelTable = { ...referenceKernels, ...Object.fromEntries(bound), scan: scanKernel(() => table) }
  return table
}

/** First byte of memory that the module leaves free. */
export function heapBase(exports: KernelExports): number {
  return kernelFunction(exports, 'heapBase')()
}
