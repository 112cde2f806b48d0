import type { UnrollDocument } from './schema'
import type { TrainingSettings } from './trainingSchema'

/** The optimizer's own settings, as far as the chosen one has them; what the document leaves out is filled in. */
export interface OptimizerChoice {
  kind: TrainingSettings['optimizer']
  /** Share of the last move that is kept, of plain descent; 0: none. */
  momentum: number
  nesterov: boolean
  weightDecay: number
}

/** PyTorch's default for `AdamW`; its other optimizers have no weight decay unless they are told. */
const ADAMW_DECAY = 0.01

/** Weight decay when the document does not say. */
export function standardWeightDecay(optimizer: TrainingSettings['optimizer']): number {
  return optimizer === 'adamw' ? ADAMW_DECAY : 0
}

/** Batches of one optimizer step. */
export function gatheredBatches({ gather }: Pick<TrainingSettings, 'gather'>): number {
  return gather ?? 1
}

/** Do layers begin a window with what they remembered at the end of the one before? Only windows of running text follow each other. */
export function carriesMemory({ data, training }: Pick<UnrollDocument, 'data' | 'training'>): boolean {
  return data.kind === 'nextSymbol' && training.carry === true
}

export function optimizerChoice(training: TrainingSettings): OptimizerChoice {
  const { optimizer: kind } = training
  const momentum = kind === 'sgd' ? (training.momentum ?? 0) : 0
  return {
    kind,
    momentum,
    nesterov: momentum > 0 && (training.nesterov ?? false),
    weightDecay: training.weightDecay ?? standardWeightDecay(kind),
  }
}
