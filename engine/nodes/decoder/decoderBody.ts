import { present } from '../../base/invariant'
import type { Attributes, Dim, Fragment, ValueId, ValueType } from '../../ir/program'
import { ops } from '../../ops/index'
import { FragmentBuilder } from '../../ops/scan/fragmentBuilder'

/** What one step of a decoder is made of. */
export interface DecoderSizes {
  cells: 'gru' | 'lstm'
  attention: 'none' | 'additive' | 'general' | 'dot'
  /** Memory cells, numbers per symbol, features of the sequence that it looks into, symbols that it can say. */
  hidden: number
  size: number
  features: number
  vocabulary: number
}

export type DecoderWeight =
  | 'embedding'
  | 'fromSymbol'
  | 'biasIh'
  | 'fromContext'
  | 'weightHh'
  | 'biasHh'
  | 'query'
  | 'queryBias'
  | 'v'
  | 'out'
  | 'outBias'

/**
 * Where the symbol comes from that a step reads: `shown` – the right one, its part of the cell's sums made before for all steps; `chosen` –
 * the right one or, by chance, the model's own (scheduled sampling); `own` – what the model said in the step before.
 */
export type Reading = 'shown' | 'chosen' | 'own'

/** Constants of the body, in order: values of the whole program that stand for them. */
export interface DecoderOperands {
  keys: ValueId | null
  values: ValueId | null
  lengths: ValueId
  weight(name: DecoderWeight): ValueId
  /** Of `chosen` only: how often the right symbol is shown, f32 [1], and what the chance follows from. */
  chance?: { share: ValueId; randomSeed: ValueId }
}

export interface DecoderBody {
  fragment: Fragment
  /** The scan's constants, in its order. */
  constants: readonly ValueId[]
  /** Index of an output; null when the body does not give it. */
  outputs: { state: number | null; context: number | null; logits: number | null; weights: number | null }
}

/**
 * One step, as Bahdanau 2015: the state before asks the sequence, the answer (context) and the symbol before go into the cell, the new
 * state and the context say the next symbol. States: h [B, H], of an LSTM then c [B, H], and unless the symbol is `shown` the symbol that
 * was said last, i32 [B].
 */
export function decoderBody(
  sizes: DecoderSizes,
  reading: Reading,
  operands: DecoderOperands,
  choice: Attributes = {},
): DecoderBody {
  const { cells, attention, hidden, size, features, vocabulary } = sizes
  const builder = new FragmentBuilder(ops)
  const given: ValueId[] = []
  const constantOf = (name: string, type: ValueType, value: ValueId): ValueId => {
    given.push(value)
    return builder.constant(name, type)
  }
  const weight = (name: DecoderWeight, ...dims: number[]): ValueId =>
    constantOf(name, f32(...dims), operands.weight(name))
  const wide = (cells === 'gru' ? 3 : 4) * hidden

  const h = builder.state('h', f32('B', hidden))
  const c = cells === 'lstm' ? builder.state('c', f32('B', hidden)) : null
  const said = reading === 'shown' ? null : builder.state('said', tokens)

  const fromSymbol = readSymbol()
  const look = attention === 'none' ? null : lookInto(attention)
  const fromBoth = look
    ? builder.emit('add', [
        fromSymbol,
        builder.emit('linear', [look.context, weight('fromContext', wide, features), null])[0],
      ])[0]
    : fromSymbol
  const [fromState] = builder.emit('linear', [h, weight('weightHh', wide, hidden), weight('biasHh', wide)])
  const next = renew(fromBoth, fromState)

  const outputs: ValueId[] = []
  const give = (value: ValueId | null): number | null => (value === null ? null : outputs.push(value) - 1)
  if (said === null) {
    const places = {
      state: give(next),
      context: give(look?.context ?? null),
      logits: null,
      weights: give(look?.weights ?? null),
    }
    return { fragment: builder.finish(outputs), constants: given, outputs: places }
  }
  const widthOut = hidden + (look ? features : 0)
  const shown = look ? builder.emit('concat', [next, look.context])[0] : next
  const [logits] = builder.emit(
    'linear',
    [shown, weight('out', vocabulary, widthOut), weight('outBias', vocabulary)],
    {},
    ['logits'],
  )
  const [spoken] = builder.emit('largest', [logits])
  builder.carry(said, spoken)
  const places = { state: null, context: null, logits: give(logits), weights: give(look?.weights ?? null) }
  return { fragment: builder.finish(outputs), constants: given, outputs: places }

  /** What the symbol before adds to the cell's sums [B, G·H]. */
  function readSymbol(): ValueId {
    if (said === null) return builder.sequence('fromSymbol', f32('B', wide))
    let symbol = said
    if (reading === 'chosen') {
      const right = builder.sequence('right', tokens)
      const chance = present(operands.chance, 'a choice needs a chance')
      const seed = constantOf('randomSeed', { dtype: 'i32', dims: [2] }, chance.randomSeed)
      const share = constantOf('share', f32(1), chance.share)
      symbol = builder.emit('chooseTokens', [right, said, seed, builder.step(), share], choice, ['chosen'])[0]
    }
    const [numbers] = builder.emit('embedding', [symbol, weight('embedding', vocabulary, size)])
    return builder.emit('linear', [numbers, weight('fromSymbol', wide, size), weight('biasIh', wide)])[0]
  }

  function lookInto(kind: 'additive' | 'general' | 'dot'): { context: ValueId; weights: ValueId } {
    const width = kind === 'general' ? features : hidden
    const values = constantOf('values', f32('T', 'B', features), present(operands.values, 'something to look into'))
    // Products are made with the sequence itself.
    const keys = kind === 'additive' ? constantOf('keys', f32('T', 'B', width), present(operands.keys, 'keys')) : values
    const lengths = constantOf('lengths', tokens, operands.lengths)
    const asked = kind === 'additive' ? weight('queryBias', width) : null
    const query = kind === 'dot' ? h : builder.emit('linear', [h, weight('query', width, hidden), asked])[0]
    const v = kind === 'additive' ? weight('v', width) : null
    const [context, weights] = builder.emit('attend', [query, keys, values, v, lengths], {}, ['context', 'weights'])
    return { context, weights: present(weights, 'attend gives its weights') }
  }

  /** The cell; carries its states on and returns the new h. */
  function renew(fromInput: ValueId, fromState: ValueId): ValueId {
    if (c === null) {
      const [renewed] = builder.emit('gruCell', [fromInput, fromState, h], {}, ['h', 'gates'])
      builder.carry(h, renewed)
      return renewed
    }
    const [sums] = builder.emit('add', [fromInput, fromState])
    const [renewed, memory] = builder.emit('lstmCell', [sums, c], {}, ['h', 'c', 'gates'])
    builder.carry(h, renewed)
    builder.carry(c, present(memory, 'an LSTM cell has a memory'))
    return renewed
  }
}

const tokens: ValueType = { dtype: 'i32', dims: ['B'] }

function f32(...dims: Dim[]): ValueType {
  return { dtype: 'f32', dims }
}
