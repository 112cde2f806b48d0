import type { NextSymbolData } from '../document/dataSchema'
import { bad, type Checked, good } from '../document/diagnostic'
import { decodeText } from './decodeText'
import { countOf, fileOf, titleOf } from './describeData'
import { checkParts, partBorders } from './parts'
import type { ExampleSet, Split } from './prepared'
import { SPLITS } from './prepared'
import { nextSymbolBaselines } from './symbolBaselines'
import { SymbolReader } from './symbols'
import type { UnfinishedData } from './unfinished'
import { makeVocabulary } from './vocabulary'

/**
 * Running text cut into training, validation and test in text order, each cut into windows that follow each other: an example shows
 * `window` symbols and asks, at each of them, for the one that comes next. Fewer than `window` symbols at the end of a part are left
 * out. Vocabulary and baselines come from the training part.
 */
export function prepareNextSymbol(definition: NextSymbolData, bytes: Uint8Array): Checked<UnfinishedData> {
  const file = fileOf(definition.source)
  const text = decodeText(bytes, file)
  if (!text.ok) return text
  const reader = new SymbolReader(definition.unit)
  const ids = reader.read(text.value.text)
  const borders = partBorders(ids.length, definition.split)
  const { window } = definition
  const examplesBetween = (start: number, end: number) => Math.max(0, Math.floor((end - start - 1) / window))
  const counts: Record<Split, number> = {
    training: examplesBetween(borders[0], borders[1]),
    validation: examplesBetween(borders[1], borders[2]),
    test: examplesBetween(borders[2], borders[3]),
  }
  const parts = checkParts(
    counts,
    `“${file}” has ${countOf(ids.length, definition.unit)}, and one example takes ${window + 1}. Use a longer text, a shorter window, or give that part a larger share.`,
  )
  if (!parts.ok) return parts
  const occurrences = new Uint32Array(reader.symbols.length)
  for (let i = 0; i < borders[1]; i++) {
    const id = ids[i] ?? 0
    occurrences[id] = (occurrences[id] ?? 0) + 1
  }
  const vocabulary = makeVocabulary(reader.symbols, occurrences, definition.minimumCount)
  if (!vocabulary.ok) return vocabulary
  const { symbols, tokenOf } = vocabulary.value
  if (symbols.length < 3) {
    return bad({
      code: 'data.vocabulary',
      severity: 'error',
      message: `“${file}” has only one symbol that is frequent enough, so there is nothing to foretell. Use another text, or lower the minimum count.`,
      place: { kind: 'data', field: 'minimumCount' },
    })
  }
  const tokens = Int32Array.from(ids, (id) => tokenOf[id] ?? 0)
  const fill = (split: Split): ExampleSet =>
    fillWindows(tokens, borders[SPLITS.indexOf(split)] ?? 0, counts[split], window)
  const splits = { training: fill('training'), validation: fill('validation'), test: fill('test') }
  return good(
    {
      summary: {
        title: titleOf(definition.title, definition.source),
        sentence: countOf(ids.length, definition.unit),
        input: { kind: 'tokens', vocabulary: symbols.length, unit: definition.unit },
        target: { kind: 'symbol', vocabulary: symbols.length, unit: definition.unit },
        maximumSteps: window,
        variableLength: false,
        stepWord: definition.unit,
        examples: counts,
      },
      splits,
      baselines: nextSymbolBaselines(splits, symbols.length, definition.unit),
      metric: { kind: 'accuracy', label: definition.unit === 'letter' ? 'right letters' : 'right words', unit: '%' },
      inputScaling: null,
      targetScaling: null,
      vocabulary: symbols,
    },
    text.problems,
  )
}

function fillWindows(tokens: Int32Array, start: number, count: number, window: number): ExampleSet {
  return {
    count,
    numbers: null,
    tokens: tokens.slice(start, start + count * window),
    lengths: new Int32Array(count).fill(window),
    targetNumbers: null,
    targetTokens: tokens.slice(start + 1, start + 1 + count * window),
  }
}
