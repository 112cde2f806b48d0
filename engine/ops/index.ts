import { activation, activationGradient } from './activation/activation'
import { add } from './add/add'
import { averageOverTime, averageOverTimeGradient } from './averageOverTime/averageOverTime'
import { crossEntropy } from './crossEntropy/crossEntropy'
import type { OpDefinition } from './defineOp'
import { dropout } from './dropout/dropout'
import { embedding, embeddingGradient } from './embedding/embedding'
import { gateStatistics } from './gateStatistics/gateStatistics'
import { gru, gruGradient } from './gru/gru'
import { lastStep, lastStepGradient } from './lastStep/lastStep'
import { linear, linearInputGradient, linearWeightGradient } from './linear/linear'
import { lstm, lstmGradient } from './lstm/lstm'
import { meanSquaredError } from './meanSquaredError/meanSquaredError'
import { one } from './one/one'
import { rnn, rnnGradient } from './rnn/rnn'
import { scaleBy } from './scaleBy/scaleBy'

/** Every op of the IR by name. */
export const ops: Readonly<Record<string, OpDefinition>> = {
  activation,
  activationGradient,
  add,
  averageOverTime,
  averageOverTimeGradient,
  crossEntropy,
  dropout,
  embedding,
  embeddingGradient,
  gateStatistics,
  gru,
  gruGradient,
  lastStep,
  lastStepGradient,
  linear,
  linearInputGradient,
  linearWeightGradient,
  lstm,
  lstmGradient,
  meanSquaredError,
  one,
  rnn,
  rnnGradient,
  scaleBy,
}
