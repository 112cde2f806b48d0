import { rng } from '../base/rng'
import type { PairsData } from '../document/dataSchema'
import { bad, type Checked, type Diagnostic, good } from '../document/diagnostic'
import { decodeText } from './decodeText'
import { countOf, fileOf, titleOf } from './describeData'
import { type Pair, readPairs } from './pairRows'
import { checkParts, checkSize, partBorders } from './parts'
import { type ExampleSet, SPLITS, type Split } from './prepared'
import { missingColumns, readTable } from './readTable'
import { END_SYMBOL, END_TOKEN, START_SYMBOL } from './sequences'
import { sequenceBaselines } from './symbolBaselines'
import { tableColumns } from './tableColumns'
import { DATA_SEED, type UnfinishedData } from './unfinished'
import { makeVocabulary } from './vocabulary'

/**
 * One sequence for another: words and how they are spoken, sentences and their translation. Different sources are shuffled with a fixed
 * seed and cut into parts, so that nothing of the test part was read in training. Both vocabularies come from the training part. Every
 * answer ends with the end symbol.
 */
export function preparePairs(definition: PairsData, bytes: Uint8Array): Checked<UnfinishedData> {
  const file = fileOf(definition.source)
  const decoded = decodeText(bytes, file)
  if (!decoded.ok) return decoded
  const wanted = [definition.from, definition.to]
  const table = readTable(decoded.value.text, file, definition.format, wanted)
  if (!table.ok) return table
  const missing = missingColumns(table.value, wanted, file)
  if (missing) return bad(missing)
  const read = readPairs(table.value, definition)
  const order = rng(DATA_SEED).split('rows').permutation(read.groups.length)
  const groups = Array.from(order, (index) => read.groups[index] ?? [])
  const borders = partBorders(groups.length, definition.split)
  const partOf = (split: Split): Pair[] => {
    const place = SPLITS.indexOf(split)
    return groups.slice(borders[place], borders[place + 1]).flat()
  }
  const parts = { training: partOf('training'), validation: partOf('validation'), test: partOf('test') }
  const counts = { training: parts.training.length, validation: parts.validation.length, test: parts.test.length }
  const pairs = SPLITS.flatMap((split) => parts[split])
  if (pairs.length === 0) return bad(noPairs(definition, read.long.length, file))
  const advice = `“${file}” has ${countOf(groups.length, 'different source')}. Use more, or give that part a larger share.`
  const enough = checkParts(counts, advice)
  if (!enough.ok) return enough

  const steps = pairs.reduce((longest, { from, to }) => Math.max(longest, from.length, to.length + 1), 1)
  const size = checkSize(pairs.length, steps, 2)
  if (!size.ok) return size
  const from = makeVocabulary(
    read.fromSymbols,
    occurrences(
      parts.training.map((pair) => pair.from),
      read.fromSymbols.length,
    ),
    definition.minimumCount,
  )
  if (!from.ok) return from
  const to = makeVocabulary(
    read.toSymbols,
    occurrences(
      parts.training.map((pair) => pair.to),
      read.toSymbols.length,
    ),
    definition.minimumCount,
  )
  if (!to.ok) return to
  const targetVocabulary = [START_SYMBOL, END_SYMBOL, ...to.value.symbols]
  const fill = (split: Split) => fillPart(parts[split], steps, from.value.tokenOf, to.value.tokenOf)
  const splits = { training: fill('training'), validation: fill('validation'), test: fill('test') }
  return good(
    {
      summary: {
        title: titleOf(definition.title, definition.source),
        sentence: `${countOf(pairs.length, 'pair')}, ${countOf(from.value.symbols.length - 1, definition.fromUnit)} to ${countOf(to.value.symbols.length - 1, 'symbol')}`,
        input: { kind: 'tokens', vocabulary: from.value.symbols.length, unit: definition.fromUnit },
        target: { kind: 'sequence', vocabulary: targetVocabulary.length, unit: definition.toUnit },
        maximumSteps: steps,
        variableLength: true,
        stepWord: definition.fromUnit,
        examples: counts,
      },
      splits,
      baselines: sequenceBaselines(splits, steps, targetVocabulary.length),
      metric: { kind: 'accuracy', label: 'right symbols', unit: '%' },
      inputScaling: null,
      targetScaling: null,
      vocabulary: from.value.symbols,
      targetVocabulary,
      columns: tableColumns(table.value),
    },
    [...decoded.problems, ...table.problems, ...leftOut(read.empty, read.long, definition, file)],
  )
}

function occurrences(texts: readonly Uint32Array[], symbols: number): Uint32Array {
  const counts = new Uint32Array(symbols)
  for (const text of texts) for (const id of text) counts[id] = (counts[id] ?? 0) + 1
  return counts
}

/** Tokens [count, steps] padded with 0; targets [count, steps] with the end symbol behind them, then −1. */
function fillPart(part: readonly Pair[], steps: number, fromToken: Int32Array, toToken: Int32Array): ExampleSet {
  const tokens = new Int32Array(part.length * steps)
  const targetTokens = new Int32Array(part.length * steps).fill(-1)
  part.forEach(({ from, to }, example) => {
    const start = example * steps
    from.forEach((id, step) => {
      tokens[start + step] = fromToken[id] ?? 0
    })
    // Behind START and END.
    to.forEach((id, step) => {
      targetTokens[start + step] = (toToken[id] ?? 0) + 2
    })
    targetTokens[start + to.length] = END_TOKEN
  })
  return {
    count: part.length,
    numbers: null,
    tokens,
    lengths: Int32Array.from(part, ({ from }) => from.length),
    targetNumbers: null,
    targetTokens,
    targetLengths: Int32Array.from(part, ({ to }) => to.length + 1),
  }
}

function noPairs(definition: PairsData, long: number, file: string): Diagnostic {
  const { from, to, maximumFrom, maximumTo } = definition
  return {
    code: 'data.empty',
    severity: 'error',
    message:
      long > 0
        ? `“${file}”: every row is longer than ${countOf(maximumFrom, 'symbol')} in “${from}” or ${countOf(maximumTo, 'symbol')} in “${to}”. Raise the longest lengths in the data settings.`
        : `“${file}” has no row with both a “${from}” and a “${to}”. Choose other columns in the data settings.`,
    place: { kind: 'file', path: file, column: to },
  }
}

function leftOut(empty: readonly number[], long: readonly number[], definition: PairsData, file: string): Diagnostic[] {
  const warn = (lines: readonly number[], what: string): Diagnostic[] => {
    if (lines.length === 0) return []
    const message = `“${file}”: ${countOf(lines.length, 'row')} ${what} (the first in line ${lines[0]}) ${lines.length === 1 ? 'is' : 'are'} left out.`
    return [{ code: 'data.skipped', severity: 'warning', message, place: { kind: 'file', path: file } }]
  }
  const limits = `${countOf(definition.maximumFrom, 'symbol')} in “${definition.from}” or ${countOf(definition.maximumTo, 'symbol')} in “${definition.to}”`
  return [
    ...warn(empty, `without a “${definition.from}” or without a “${definition.to}”`),
    ...warn(long, `with more than ${limits}`),
  ]
}
