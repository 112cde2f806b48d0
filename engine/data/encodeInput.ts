import { assertNever } from '../base/invariant'
import type { DataDefinition } from '../document/dataSchema'
import { bad, type Checked, good } from '../document/diagnostic'
import { countOf } from './describeData'
import { cut } from './pairRows'
import type { PreparedData } from './prepared'
import { SymbolReader } from './symbols'

/**
 * A text that somebody types as the tokens that a model reads, cut and folded as its data were. Symbols that training lacked become the
 * token of the unknown. Texts are cut where the data's are; running text keeps its end, pairs that are too long are refused, for half of a
 * source has another answer.
 */
export function encodeText(definition: DataDefinition, data: PreparedData, text: string): Checked<Int32Array> {
  const symbols = symbolsOf(definition, text)
  if (symbols === null) return bad(problem('predict.numbers', 'These data are numbers, so there is no text to read.'))
  if (symbols.length === 0) {
    return bad(problem('predict.empty', 'There is nothing to read in this input. Give it at least one letter or word.'))
  }
  const tokenOf = new Map((data.vocabulary ?? []).map((symbol, token) => [symbol, token]))
  const tokens = Int32Array.from(symbols, (symbol) => tokenOf.get(symbol) ?? 0)
  const most = data.summary.maximumSteps
  if (tokens.length <= most) return good(tokens)
  if (definition.kind === 'nextSymbol') return good(tokens.slice(-most))
  if (definition.kind !== 'pairs') return good(tokens.slice(0, most))
  return bad(
    problem(
      'predict.long',
      `“${text.slice(0, 40)}” has ${countOf(tokens.length, 'symbol')}, but the longest that this model knows has ${most}. Give it a shorter input, or train with longer ones.`,
    ),
  )
}

/** null: not a text. */
function symbolsOf(definition: DataDefinition, text: string): readonly string[] | null {
  switch (definition.kind) {
    case 'pairs':
      return cut(text, definition.fromUnit)
    case 'tag': {
      const words = cut(text, 'word')
      return definition.capitals === 'ignore' ? words.map((word) => word.toLowerCase()) : words
    }
    case 'classify':
    case 'nextSymbol': {
      const reader = new SymbolReader(definition.unit)
      return Array.from(reader.read(text), (id) => reader.symbols[id] ?? '')
    }
    case 'generator':
      return definition.generator === 'recall' ? Array.from(text) : null
    case 'forecast':
      return null
    default:
      return assertNever(definition)
  }
}

function problem(code: string, message: string) {
  return { code, severity: 'error' as const, message, place: { kind: 'data' as const } }
}
