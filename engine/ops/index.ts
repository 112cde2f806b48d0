import { huber, meanAbsoluteError } from './absoluteError/absoluteError'
import { activation, activationGradient } from './activation/activation'
import { add } from './add/add'
import { additiveAttention, additiveAttentionGradient } from './additiveAttention/additiveAttention'
import { attend, attendGradient } from './attend/attend'
import { attention, attentionGradient } from './attention/attention'
import { attentionPool, attentionPoolGradient } from './attentionPool/attentionPool'
import { attentionSample } from './attentionSample/attentionSample'
import { averageOverTime, averageOverTimeGradient } from './averageOverTime/averageOverTime'
import { binaryCrossEntropy } from './binaryCrossEntropy/binaryCrossEntropy'
import { causalWindow, causalWindowGradient } from './causalWindow/causalWindow'
import { chooseTokens, largest } from './chooseTokens/chooseTokens'
import { concat, slice, sliceGradient } from './concat/concat'
import { constant } from './constant/constant'
import { crossEntropy } from './crossEntropy/crossEntropy'
import type { OpDefinition } from './defineOp'
import { dropout } from './dropout/dropout'
import { embedding, embeddingGradient } from './embedding/embedding'
import { gateStatistics } from './gateStatistics/gateStatistics'
import { gelu, geluGradient } from './gelu/gelu'
import { gru, gruGradient } from './gru/gru'
import { gruCell, gruCellGradient } from './gruCell/gruCell'
import { lastStep, lastStepGradient } from './lastStep/lastStep'
import { layerNorm, layerNormGradient } from './layerNorm/layerNorm'
import { linear, linearInputGradient, linearWeightGradient } from './linear/linear'
import { complexRecurrence, complexRecurrenceGradient } from './linearRecurrence/complexRecurrence'
import { eigenvalues, eigenvaluesGradient } from './linearRecurrence/eigenvalues'
import { gatedRecurrence, gatedRecurrenceGradient } from './linearRecurrence/gatedRecurrence'
import { coupledLstm, coupledLstmGradient, lstm, lstmGradient } from './lstm/lstm'
import { lstmCell, lstmCellGradient } from './lstmCell/lstmCell'
import { maxOverTime, maxOverTimeGradient } from './maxOverTime/maxOverTime'
import { meanSquaredError } from './meanSquaredError/meanSquaredError'
import { multiply } from './multiply/multiply'
import { one } from './one/one'
import { ones } from './ones/ones'
import { addPositions, addPositionsGradient, sinusoid } from './positions/positions'
import { quantileLoss } from './quantileLoss/quantileLoss'
import { repeatOverTime, repeatOverTimeGradient } from './repeatOverTime/repeatOverTime'
import { reshape } from './reshape/reshape'
import { reverse } from './reverse/reverse'
import { rnn, rnnGradient } from './rnn/rnn'
import { rotary } from './rotary/rotary'
import { scale } from './scale/scale'
import { scaleBy } from './scaleBy/scaleBy'
import { scaleFeatures, scaleFeaturesWeightGradient } from './scaleFeatures/scaleFeatures'
import { scanOp } from './scan/scan'
import { shownShare } from './shownShare/shownShare'

/** Every op of the IR by name. */
export const ops: Readonly<Record<string, OpDefinition>> = {
  activation,
  activationGradient,
  add,
  addPositions,
  addPositionsGradient,
  additiveAttention,
  additiveAttentionGradient,
  attend,
  attendGradient,
  attention,
  attentionGradient,
  attentionPool,
  attentionPoolGradient,
  attentionSample,
  averageOverTime,
  averageOverTimeGradient,
  binaryCrossEntropy,
  chooseTokens,
  causalWindow,
  causalWindowGradient,
  complexRecurrence,
  complexRecurrenceGradient,
  concat,
  constant,
  coupledLstm,
  coupledLstmGradient,
  crossEntropy,
  dropout,
  eigenvalues,
  eigenvaluesGradient,
  embedding,
  embeddingGradient,
  gatedRecurrence,
  gatedRecurrenceGradient,
  gateStatistics,
  gelu,
  geluGradient,
  gru,
  gruCell,
  gruCellGradient,
  gruGradient,
  huber,
  largest,
  lastStep,
  lastStepGradient,
  layerNorm,
  layerNormGradient,
  linear,
  linearInputGradient,
  linearWeightGradient,
  lstm,
  lstmCell,
  lstmCellGradient,
  lstmGradient,
  maxOverTime,
  maxOverTimeGradient,
  meanAbsoluteError,
  meanSquaredError,
  multiply,
  one,
  ones,
  quantileLoss,
  repeatOverTime,
  repeatOverTimeGradient,
  reshape,
  reverse,
  rnn,
  rnnGradient,
  rotary,
  scale,
  scaleBy,
  scaleFeatures,
  scaleFeaturesWeightGradient,
  scan: scanOp(() => ops),
  shownShare,
  sinusoid,
  slice,
  sliceGradient,
}
