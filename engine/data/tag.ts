import type { TagData } from '../document/dataSchema'
import { bad, type Checked, type Diagnostic, good } from '../document/diagnostic'
import { arrangeTexts } from './arrangeTexts'
import { decodeText } from './decodeText'
import { countOf, fileOf, titleOf } from './describeData'
import { type ExampleSet, SPLITS, type Split } from './prepared'
import { missingColumns, readTable } from './readTable'
import { tagBaselines } from './symbolBaselines'
import { tableColumns } from './tableColumns'
import { checkTags, leftOutWarning, unseenTagWarning } from './tagProblems'
import { readTagged, type TaggedText } from './tagRows'
import type { UnfinishedData } from './unfinished'

/**
 * One tag for each word of a text: two columns of a table, words and tags parted by spaces. Rows are shuffled with a fixed seed before
 * they are cut into parts. Rows without words, or with another number of tags than of words, are left out with a warning. The
 * vocabulary comes from the training part; the tags from all rows.
 */
export function prepareTag(definition: TagData, bytes: Uint8Array): Checked<UnfinishedData> {
  const file = fileOf(definition.source)
  const decoded = decodeText(bytes, file)
  if (!decoded.ok) return decoded
  const wanted = [definition.tokens, definition.tags]
  const table = readTable(decoded.value.text, file, definition.format, wanted)
  if (!table.ok) return table
  const missing = missingColumns(table.value, wanted, file)
  if (missing) return bad(missing)
  const read = readTagged(table.value, definition)
  const wrong = checkTags(read, definition, file)
  if (wrong) return bad(wrong)
  const tags = read.tags.toSorted((a, b) => (a < b ? -1 : 1))
  const { split, minimumCount } = definition
  const options = { file, split, minimumCount, tensors: 2 }
  const arranged = arrangeTexts(read.texts, ({ words }) => words, read.words, options)
  if (!arranged.ok) return arranged
  const { texts, borders, counts, steps, vocabulary } = arranged.value
  const { symbols, tokenOf } = vocabulary
  const classOf = Int32Array.from(read.tags, (tag) => tags.indexOf(tag))
  const fill = (split: Split): ExampleSet => {
    const place = SPLITS.indexOf(split)
    return fillPart(texts.slice(borders[place], borders[place + 1]), steps, tokenOf, classOf)
  }
  const splits = { training: fill('training'), validation: fill('validation'), test: fill('test') }
  const words = texts.reduce((sum, text) => sum + text.words.length, 0)
  return good(
    {
      summary: {
        title: titleOf(definition.title, definition.source),
        sentence: `${countOf(texts.length, 'text')}, ${countOf(words, 'word')}, ${countOf(tags.length, 'tag')}`,
        input: { kind: 'tokens', vocabulary: symbols.length, unit: 'word' },
        target: { kind: 'tag', tags },
        maximumSteps: steps,
        variableLength: texts.some((text) => text.words.length !== steps),
        stepWord: 'word',
        examples: counts,
      },
      splits,
      baselines: tagBaselines(splits, symbols.length, tags),
      metric: { kind: 'accuracy', label: 'right tags', unit: '%' },
      inputScaling: null,
      targetScaling: null,
      vocabulary: symbols,
      columns: tableColumns(table.value),
    },
    [
      ...decoded.problems,
      ...table.problems,
      ...leftOutWarning(read.leftOut, file),
      ...unseenTagWarning(splits.training, tags, file),
    ] satisfies Diagnostic[],
  )
}

/** Words [count, steps] padded with 0, their tags [count, steps] padded with −1. */
function fillPart(part: readonly TaggedText[], steps: number, tokenOf: Int32Array, classOf: Int32Array): ExampleSet {
  const tokens = new Int32Array(part.length * steps)
  const targetTokens = new Int32Array(part.length * steps).fill(-1)
  part.forEach((text, example) => {
    const start = example * steps
    text.words.forEach((word, step) => {
      tokens[start + step] = tokenOf[word] ?? 0
      targetTokens[start + step] = classOf[text.tags[step] ?? 0] ?? -1
    })
  })
  const lengths = Int32Array.from(part, ({ words }) => words.length)
  return { count: part.length, numbers: null, tokens, lengths, targetNumbers: null, targetTokens }
}
