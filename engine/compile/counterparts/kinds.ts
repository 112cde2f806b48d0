import { assertNever } from '../../base/invariant'
import type { AnyNodeDefinition } from '../../nodes/defineNode'
import { gru } from '../../nodes/gru/gru'
import { lstm } from '../../nodes/lstm/lstm'
import { rnn } from '../../nodes/rnn/rnn'
import { transformerBlock } from '../../nodes/transformerBlock/transformerBlock'

/** What a model's layers can be replaced by. */
export const COUNTERPART_KINDS = ['transformer', 'lstm', 'gru', 'rnn'] as const
export type CounterpartKind = (typeof COUNTERPART_KINDS)[number]

/** "Transformer", "LSTM": with "a" or "an" before it where a sentence needs that. */
export const KIND_TITLES: Readonly<Record<CounterpartKind, string>> = {
  transformer: 'Transformer',
  lstm: 'LSTM',
  gru: 'GRU',
  rnn: 'RNN',
}

export function withArticle(kind: CounterpartKind): string {
  // An "ell", an "ar".
  return `${kind === 'lstm' || kind === 'rnn' ? 'an' : 'a'} ${KIND_TITLES[kind]}`
}

/** The node type that a layer becomes. */
export function layerOf(kind: CounterpartKind): AnyNodeDefinition {
  switch (kind) {
    case 'transformer':
      return transformerBlock
    case 'lstm':
      return lstm
    case 'gru':
      return gru
    case 'rnn':
      return rnn
    default:
      return assertNever(kind)
  }
}
