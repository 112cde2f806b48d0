import type { ClassifyData } from '../document/dataSchema'
import { bad, type Checked, type Diagnostic, good } from '../document/diagnostic'
import { arrangeTexts } from './arrangeTexts'
import { decodeText } from './decodeText'
import { countOf, fileOf, titleOf } from './describeData'
import type { Borders } from './parts'
import { type ExampleSet, SPLITS, type Split } from './prepared'
import { missingColumns, readTable, type Table } from './readTable'
import { majorityBaseline } from './symbolBaselines'
import { SymbolReader } from './symbols'
import { tableColumns } from './tableColumns'
import type { UnfinishedData } from './unfinished'

/** More labels than this are no labels but something else. */
const MAX_CLASSES = 1000

interface LabelledText {
  /** Symbols as the reader numbered them, cut to the maximum length; at least one. */
  ids: Uint32Array
  label: string
}

/**
 * One label for each text of a table. Rows are shuffled with a fixed seed before they are cut into parts, for tables are often sorted by
 * label. Rows without a text or a label are left out with a warning. The vocabulary comes from the training part.
 */
export function prepareClassify(definition: ClassifyData, bytes: Uint8Array): Checked<UnfinishedData> {
  const file = fileOf(definition.source)
  const decoded = decodeText(bytes, file)
  if (!decoded.ok) return decoded
  const table = readTable(decoded.value.text, file, definition.format, [definition.text, definition.label])
  if (!table.ok) return table
  const missing = missingColumns(table.value, [definition.text, definition.label], file)
  if (missing) return bad(missing)
  const reader = new SymbolReader(definition.unit)
  const { texts, skipped } = readTexts(table.value, definition, reader)
  const classes = [...new Set(texts.map((text) => text.label))].sort((a, b) => (a < b ? -1 : 1))
  const wrong = checkClasses(classes, texts.length, definition, file)
  if (wrong) return bad(wrong)
  const { split, minimumCount } = definition
  const options = { file, split, minimumCount, tensors: 1 }
  const arranged = arrangeTexts(texts, ({ ids }) => ids, reader.symbols, options)
  if (!arranged.ok) return arranged
  const { texts: shuffled, borders, counts, steps, vocabulary } = arranged.value
  const { symbols, tokenOf } = vocabulary
  const splits = fillParts(shuffled, borders, steps, tokenOf, classes)
  return good(
    {
      summary: {
        title: titleOf(definition.title, definition.source),
        sentence: `${countOf(shuffled.length, 'text')}, ${countOf(classes.length, 'label')}`,
        input: { kind: 'tokens', vocabulary: symbols.length, unit: definition.unit },
        target: { kind: 'class', classes },
        maximumSteps: steps,
        variableLength: shuffled.some(({ ids }) => ids.length !== steps),
        stepWord: definition.unit,
        examples: counts,
      },
      splits,
      baselines: [majorityBaseline(splits, classes)],
      metric: { kind: 'accuracy', label: 'right labels', unit: '%' },
      inputScaling: null,
      targetScaling: null,
      vocabulary: symbols,
      columns: tableColumns(table.value),
    },
    [...decoded.problems, ...table.problems, ...warnings(shuffled, borders, classes, skipped, file)],
  )
}

function readTexts(
  table: Table,
  definition: ClassifyData,
  reader: SymbolReader,
): { texts: LabelledText[]; skipped: number[] } {
  const text = table.columns.indexOf(definition.text)
  const label = table.columns.indexOf(definition.label)
  const texts: LabelledText[] = []
  const skipped: number[] = []
  table.rows.forEach((row, index) => {
    const ids = reader.read(row[text] ?? '').slice(0, definition.maximumLength)
    const labelCell = row[label] ?? ''
    if (ids.length > 0 && labelCell !== '') texts.push({ ids, label: labelCell })
    else skipped.push(table.lines[index] ?? 0)
  })
  return { texts, skipped }
}

function checkClasses(
  classes: readonly string[],
  texts: number,
  definition: ClassifyData,
  file: string,
): Diagnostic | null {
  const problem = (code: string, message: string): Diagnostic => ({
    code,
    severity: 'error',
    message,
    place: { kind: 'file', path: file, column: definition.label },
  })
  if (classes.length === 0) {
    return problem(
      'data.empty',
      `“${file}” has no row with both a text in “${definition.text}” and a label in “${definition.label}”. Choose other columns in the data settings.`,
    )
  }
  if (classes.length === 1) {
    return problem(
      'data.oneLabel',
      `“${file}”: the column “${definition.label}” has only one label, “${shorten(classes[0] ?? '')}”, so there is nothing to tell apart. Choose another label column, or add rows with another label.`,
    )
  }
  if (classes.length > MAX_CLASSES || (classes.length === texts && texts > 20)) {
    return problem(
      'data.labels',
      `“${file}”: the column “${definition.label}” has ${countOf(classes.length, 'different label')} in ${countOf(texts, 'row')}. Choose the column that holds the labels.`,
    )
  }
  return null
}

function warnings(
  texts: readonly LabelledText[],
  borders: Borders,
  classes: readonly string[],
  skipped: readonly number[],
  file: string,
): Diagnostic[] {
  const warn = (code: string, message: string): Diagnostic => ({
    code,
    severity: 'warning',
    message,
    place: { kind: 'file', path: file },
  })
  const problems: Diagnostic[] = []
  if (skipped.length > 0) {
    const where = `the first in line ${skipped[0]}`
    problems.push(
      warn(
        'data.skipped',
        `“${file}”: ${countOf(skipped.length, 'row')} without a text or without a label (${where}) ${skipped.length === 1 ? 'is' : 'are'} left out.`,
      ),
    )
  }
  const trained = new Set(texts.slice(0, borders[1]).map(({ label }) => label))
  const unseen = classes.filter((label) => !trained.has(label)).slice(0, 5)
  if (unseen.length > 0) {
    const names = unseen.map((label) => `“${shorten(label)}”`).join(', ')
    problems.push(
      warn(
        'data.unseenLabel',
        `“${file}”: too few rows have the label ${names}, so none of them fell into the training part and it cannot be learned. Add rows with it, or take it out.`,
      ),
    )
  }
  return problems
}

function fillParts(
  texts: readonly LabelledText[],
  borders: Borders,
  steps: number,
  tokenOf: Int32Array,
  classes: readonly string[],
): Record<Split, ExampleSet> {
  const classOf = new Map(classes.map((label, index) => [label, index]))
  const fill = (split: Split): ExampleSet => {
    const place = SPLITS.indexOf(split)
    const part = texts.slice(borders[place], borders[place + 1])
    // [count, steps], padded with 0
    const tokens = new Int32Array(part.length * steps)
    part.forEach(({ ids }, example) => {
      ids.forEach((id, step) => {
        tokens[example * steps + step] = tokenOf[id] ?? 0
      })
    })
    return {
      count: part.length,
      numbers: null,
      tokens,
      lengths: Int32Array.from(part, ({ ids }) => ids.length),
      targetNumbers: null,
      targetTokens: Int32Array.from(part, ({ label }) => classOf.get(label) ?? 0),
    }
  }
  return { training: fill('training'), validation: fill('validation'), test: fill('test') }
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
