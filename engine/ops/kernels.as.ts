/**
 * Everything that the WebAssembly module offers. Arguments are byte addresses in the imported memory, and counts. Kernels keep no
 * state but the choice of tile, so one module serves any number of threads, each with an instance of its own.
 */
export { activation, activationGradient } from './activation/activation.as'
export { attend, attendGradient } from './attend/attend.as'
export { additiveAttention, additiveAttentionGradient } from './additiveAttention/additiveAttention.as'
export { attention, attentionGradient } from './attention/attention.as'
export { attentionPool, attentionPoolGradient } from './attentionPool/attentionPool.as'
export { averageOverTime, averageOverTimeGradient } from './averageOverTime/averageOverTime.as'
export { causalWindow, causalWindowGradient } from './causalWindow/causalWindow.as'
export { clearVector, copyColumns } from './concat/concat.as'
export { crossEntropy } from './crossEntropy/crossEntropy.as'
export { dropout } from './dropout/dropout.as'
export { embedding, embeddingGradient } from './embedding/embedding.as'
export { gateStatistics } from './gateStatistics/gateStatistics.as'
export { gelu, geluGradient } from './gelu/gelu.as'
export { gru, gruGradient } from './gru/gru.as'
export { gruCell, gruCellGradient } from './gruCell/gruCell.as'
export { lastStep, lastStepGradient } from './lastStep/lastStep.as'
export { layerNorm, layerNormGradient } from './layerNorm/layerNorm.as'
export { complexRecurrence, complexRecurrenceGradient } from './linearRecurrence/complexRecurrence.as'
export { gatedRecurrence, gatedRecurrenceGradient } from './linearRecurrence/gatedRecurrence.as'
export { scaleFeatures, scaleFeaturesWeightGradient } from './scaleFeatures/scaleFeatures.as'
export { linear, linearInputGradient, linearWeightGradient } from './linear/linear.as'
export { lstmCell, lstmCellGradient } from './lstmCell/lstmCell.as'
export { coupledLstm, coupledLstmGradient, lstm, lstmGradient } from './lstm/lstm.as'
export { multiplyVectors } from './multiply/multiply.as'
export { maxOverTime, maxOverTimeGradient } from './maxOverTime/maxOverTime.as'
export { numberLoss } from './meanSquaredError/numberLoss.as'
export { adam, limitValues, momentum, sgd, squaredNorm, squares } from './optimizer/optimizer.as'
export { addPositions, addPositionsGradient } from './positions/positions.as'
export { useWideTiles } from './product/product.as'
export { repeatOverTime, repeatOverTimeGradient } from './repeatOverTime/repeatOverTime.as'
export { reverse } from './reverse/reverse.as'
export { rotary } from './rotary/rotary.as'
export { rnn, rnnGradient } from './rnn/rnn.as'
export { addVectors, scaleVector } from './vector.as'

/** First byte that the module itself does not use. */
export function heapBase(): usize {
  return __heap_base
}
