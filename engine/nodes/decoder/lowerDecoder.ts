import { present } from '../../base/invariant'
import { EVERY_TARGET } from '../../base/targetCounting'
import type { Fragment, Initializer, ValueId } from '../../ir/program'
import { ops } from '../../ops/index'
import { keepForGradient } from '../../ops/scan/backwardFragment'
import type { Fall } from '../../ops/shownShare/shownShare'
import type { LoweringContext } from '../defineNode'
import { IN, inputValue } from '../lowering'
import type { SettingsSpec } from '../settings'
import {
  type DecoderBody,
  type DecoderOperands,
  type DecoderSizes,
  type DecoderWeight,
  decoderBody,
} from './decoderBody'

/** Vector that the memory starts from. */
export const START = 'state'

/** How often the right symbol is shown: `start` at first and, unless it stays so, nearly `end` at last. */
export interface Showing {
  fall: Fall | 'none'
  start: number
  end: number
}

/** What the lowering of a decoder works with. */
interface Decoding<S extends SettingsSpec> {
  context: LoweringContext<S>
  sizes: DecoderSizes
  operands: DecoderOperands
  /** What the memory starts from: h, and of an LSTM c. */
  starts: readonly ValueId[]
}

/**
 * Weights, the sequence made ready to be looked into, one scan that says every symbol, and the loss. In a predict program the loss is that
 * with the right symbols shown, as everywhere, and the prediction comes from a second scan that reads what it said itself.
 *
 * @param startWidth features of what the memory starts from
 * @param showing how often the right symbol is shown while training
 */
export function lowerDecoder<S extends SettingsSpec>(
  context: LoweringContext<S>,
  sizes: DecoderSizes,
  startWidth: number,
  showing: Showing,
): void {
  const decoding = prepare(context, sizes, startWidth)
  const { builder, feed, mode } = context
  const { fall, start, end } = showing
  const sampled = mode === 'train' && (start < 1 || (fall !== 'none' && end < 1))
  const logits = sampled ? sayChosen(decoding, showing) : sayShown(decoding)
  const [loss] = builder.emit('crossEntropy', [logits, feed.target(), feed.lossScale()], {}, ['loss', 'dPrediction'])
  context.head({
    target: 'sequence',
    prediction: mode === 'train' ? logits : sayOwn(decoding),
    loss,
    counting: EVERY_TARGET,
  })
}

function prepare<S extends SettingsSpec>(
  context: LoweringContext<S>,
  sizes: DecoderSizes,
  startWidth: number,
): Decoding<S> {
  const { builder } = context
  const { cells, attention, hidden, size, features, vocabulary } = sizes
  const wide = (cells === 'gru' ? 3 : 4) * hidden
  const looks = attention !== 'none'
  const spread: Initializer = { kind: 'glorotUniform' }
  const zeros: Initializer = { kind: 'zeros' }
  const memoryOpen: Initializer = { kind: 'gateBias', blocks: 4, block: 1, value: 1 }

  const embedding = context.parameter('embedding.weight', [vocabulary, size], { kind: 'normal', deviation: 0.1 })
  const weightIh = context.parameter('weight_ih', [wide, size + (looks ? features : 0)], spread)
  const weights = new Map<DecoderWeight, ValueId>([
    ['embedding', embedding],
    ['weightHh', context.parameter('weight_hh', [wide, hidden], { kind: 'orthogonal', blocks: wide / hidden })],
    ['biasIh', context.parameter('bias_ih', [wide], cells === 'lstm' ? memoryOpen : zeros)],
    ['biasHh', context.parameter('bias_hh', [wide], zeros)],
    ['out', context.parameter('out.weight', [vocabulary, hidden + (looks ? features : 0)], spread)],
    ['outBias', context.parameter('out.bias', [vocabulary], zeros)],
  ])
  const part = (first: number, count: number, name: string): ValueId =>
    builder.emit('slice', [weightIh], { first, count }, [name])[0]
  weights.set('fromSymbol', looks ? part(0, size, 'weight_symbol') : weightIh)
  if (looks) weights.set('fromContext', part(size, features, 'weight_context'))

  const sequence = inputValue(context, IN)
  let keys: ValueId | null = null
  if (attention === 'additive') {
    const weight = context.parameter('attention.key.weight', [hidden, features], spread)
    keys = builder.emit('linear', [sequence, weight, null], {}, ['keys'])[0]
    weights.set('query', context.parameter('attention.query.weight', [hidden, hidden], spread))
    weights.set('queryBias', context.parameter('attention.query.bias', [hidden], zeros))
    weights.set('v', context.parameter('attention.v', [hidden], { kind: 'uniform', limit: Math.sqrt(3 / hidden) }))
  } else if (attention === 'general') {
    weights.set('query', context.parameter('attention.query.weight', [features, hidden], spread))
  }

  const from = context.inputs[START] ?? builder.emit('lastStep', [sequence, context.lengths], {}, ['last'])[0]
  const bridges = cells === 'lstm' ? ['bridge', 'bridge_memory'] : ['bridge']
  const starts = bridges.map((name) => {
    const weight = context.parameter(`${name}.weight`, [hidden, startWidth], spread)
    const [sum] = builder.emit('linear', [from, weight, context.parameter(`${name}.bias`, [hidden], zeros)])
    return builder.emit('activation', [sum], { kind: 'tanh' }, [name])[0]
  })
  const operands: DecoderOperands = {
    keys,
    values: looks ? sequence : null,
    lengths: context.lengths,
    weight: (name) => present(weights.get(name), `the decoder has no weight ${name}`),
  }
  return { context, sizes, operands, starts }
}

/** With the right symbols shown: what the symbols add, and what is said, are each one product over all steps. */
function sayShown<S extends SettingsSpec>({ context, sizes, operands, starts }: Decoding<S>): ValueId {
  const { builder, feed, mode } = context
  const symbols = [feed.targetInput(), operands.weight('embedding'), feed.targetLengths()]
  const [numbers] = builder.emit('embedding', symbols, {}, ['symbols'])
  const [fromSymbols] = builder.emit('linear', [numbers, operands.weight('fromSymbol'), operands.weight('biasIh')])
  const body = decoderBody(sizes, 'shown', operands)
  const { state, context: read } = body.outputs
  const fragment = mode === 'train' ? kept(body) : body.fragment
  const results = builder.emit(
    'scan',
    [feed.targetLengths(), ...starts, fromSymbols, ...body.constants],
    { body: fragment },
    namesOf(body),
  )
  const output = (index: number): ValueId => present(results[index], 'the scan gives its outputs')
  const states = output(present(state, 'a decoder that is shown symbols gives its states'))
  const shown = read === null ? states : builder.emit('concat', [states, output(read)])[0]
  return builder.emit('linear', [shown, operands.weight('out'), operands.weight('outBias')], {}, ['logits'])[0]
}

/** Scheduled sampling: a gradient flows through what is said, not through the choice. */
function sayChosen<S extends SettingsSpec>(
  { context, sizes, operands, starts }: Decoding<S>,
  { fall, start, end }: Showing,
): ValueId {
  const { builder, feed } = context
  const [share] =
    fall === 'none'
      ? builder.emit('constant', [], { values: String(start) }, ['share'])
      : builder.emit('shownShare', [feed.progress()], { fall, start, end }, ['share'])
  const withChance = { ...operands, chance: { share, randomSeed: feed.randomSeed() } }
  const body = decoderBody(sizes, 'chosen', withChance, { stream: builder.stream() })
  const inputs = [feed.targetLengths(), ...starts, null, feed.targetInput(), ...body.constants]
  return logitsOf(body, builder.emit('scan', inputs, { body: kept(body) }, namesOf(body)))
}

/** Reads its own symbols; a decoder that has said nothing yet reads the start symbol, which is 0. */
function sayOwn<S extends SettingsSpec>({ context, sizes, operands, starts }: Decoding<S>): ValueId {
  const { builder, feed } = context
  const body = decoderBody(sizes, 'own', operands)
  const inputs = [feed.targetLengths(), ...starts, null, ...body.constants]
  return logitsOf(body, builder.emit('scan', inputs, { body: body.fragment }, namesOf(body)))
}

/** For training: no gradient flows from the weights of attention. */
function kept({ fragment, outputs }: DecoderBody): Fragment {
  return keepForGradient(
    fragment,
    ops,
    fragment.outputs.filter((_, index) => index !== outputs.weights),
  )
}

function logitsOf({ outputs }: DecoderBody, results: readonly ValueId[]): ValueId {
  return present(
    results[present(outputs.logits, 'a decoder that reads its own symbols says them')],
    'the scan gives its outputs',
  )
}

function namesOf({ outputs }: DecoderBody): string[] {
  const names: string[] = []
  for (const [name, index] of Object.entries(outputs))
    if (index !== null) names[index] = name === 'logits' ? 'own' : name
  return names
}
