import type { ForecastData } from '../document/dataSchema'
import { bad, type Checked, type Diagnostic, good } from '../document/diagnostic'
import { decodeText } from './decodeText'
import { countOf, fileOf, titleOf } from './describeData'
import { forecastBaselines, type LastSeenRows } from './forecastBaselines'
import { type NumberColumns, readNumberColumns } from './numberColumns'
import { checkParts, checkSize, partBorders } from './parts'
import type { ColumnSummary, ExampleSet, Scaling, Split } from './prepared'
import { readTable } from './readTable'
import { fitScaling, scaled } from './scaling'
import { tableColumns } from './tableColumns'
import type { UnfinishedData } from './unfinished'

/**
 * Windows over the rows of a table in time order. The example whose last seen row is t shows rows t-window+1 … t and asks for row
 * t+horizon. It belongs to the part in which the row it asks for lies; its window may reach back into rows of the part before,
 * as it would in use, where the past is known. Nothing reaches forwards: training never sees a row of validation or test,
 * neither in windows nor in targets nor in the scaling, which is fitted on rows of the training part.
 */
export function prepareForecast(definition: ForecastData, bytes: Uint8Array): Checked<UnfinishedData> {
  const file = fileOf(definition.source)
  const table = readRows(definition, bytes, file)
  if (!table.ok) return table
  const rows = handleMissing(table.value.columns, definition, file)
  const { inputs, targets, columns } = rows
  const count = columns.values[0]?.length ?? 0
  const borders = partBorders(count, definition.split)
  const at = (names: readonly string[]) =>
    names.map((name) => columns.values[columns.names.indexOf(name)] ?? new Float64Array(0))
  const inputColumns = at(inputs)
  const targetColumns = at(targets)
  const last = lastSeenRows(definition, columns, count, borders)
  const counts = { training: last.training.length, validation: last.validation.length, test: last.test.length }
  const total = counts.training + counts.validation + counts.test
  const size = checkSize(total, definition.window, inputs.length)
  if (!size.ok) return size
  const parts = checkParts(
    counts,
    `“${file}” has ${countOf(count, 'row')}, and one example takes ${definition.window + definition.horizon}. Use more rows, a shorter window, or give that part a larger share.`,
  )
  if (!parts.ok) return parts
  const inputScaling = fitScaling(inputColumns, borders[1], definition.scaling)
  const targetScaling = fitScaling(targetColumns, borders[1], definition.scaling)
  const fill = (split: Split): ExampleSet =>
    fillExamples(last[split], definition, inputColumns, targetColumns, inputScaling, targetScaling)
  const stepWord = definition.stepWord.trim() || 'row'
  return good(
    {
      summary: {
        title: titleOf(definition.title, definition.source),
        sentence: `${countOf(count, stepWord)} × ${countOf(inputs.length, 'measurement')}`,
        input: { kind: 'numbers', features: inputs },
        target: { kind: 'numbers', names: targets },
        maximumSteps: definition.window,
        variableLength: false,
        stepWord,
        examples: counts,
      },
      splits: { training: fill('training'), validation: fill('validation'), test: fill('test') },
      baselines: forecastBaselines({
        definition: { ...definition, stepWord },
        inputs,
        targets,
        targetColumns,
        targetScaling,
        last,
        trainingEnd: borders[1],
      }),
      metric: { kind: 'absoluteError', label: 'mean error', unit: definition.unit ?? '' },
      inputScaling,
      targetScaling,
      vocabulary: null,
      columns: table.value.described,
    },
    [...table.problems, ...rows.problems],
  )
}

/**
 * The last rows of the table as the model reads them, to foretell what no row says yet: [window, features], scaled as the training data.
 */
export function latestWindow(definition: ForecastData, bytes: Uint8Array, scaling: Scaling): Checked<Float32Array> {
  const file = fileOf(definition.source)
  const table = readRows(definition, bytes, file)
  if (!table.ok) return table
  const { inputs, columns } = handleMissing(table.value.columns, definition, file)
  const count = columns.values[0]?.length ?? 0
  const { window } = definition
  const numbers = new Float32Array(window * inputs.length)
  for (const [feature, name] of inputs.entries()) {
    const column = columns.values[columns.names.indexOf(name)] ?? new Float64Array(0)
    for (let step = 0; step < window; step++) {
      numbers[step * inputs.length + feature] = scaled(scaling, feature, column[count - window + step] ?? Number.NaN)
    }
  }
  if (numbers.every(Number.isFinite)) return good(numbers)
  return bad({
    code: 'predict.missing',
    severity: 'error',
    message: `“${file}” has empty cells in its last ${countOf(window, 'row')}. Fill them, or let empty cells take the value before in the data settings.`,
    place: { kind: 'data', field: 'missing' },
  })
}

interface ReadRows {
  columns: NumberColumns
  /** Every column of the table, chosen or not. */
  described: ColumnSummary[]
}

function readRows(definition: ForecastData, bytes: Uint8Array, file: string): Checked<ReadRows> {
  const nothing = definition.inputs.length === 0 ? 'inputs' : definition.targets.length === 0 ? 'targets' : null
  if (nothing !== null) {
    const what = nothing === 'inputs' ? 'for the model to see' : 'to forecast'
    return bad({
      code: 'data.columns',
      severity: 'error',
      message: `No column is chosen ${what}. Choose at least one in the data settings.`,
      place: { kind: 'data', field: nothing },
    })
  }
  const text = decodeText(bytes, file)
  if (!text.ok) return text
  const wanted = [...new Set([...definition.inputs, ...definition.targets])]
  const table = readTable(text.value.text, file, definition.format, wanted)
  if (!table.ok) return table
  const columns = readNumberColumns(table.value, wanted, file, definition.format?.decimal)
  if (!columns.ok) return columns
  return good({ columns: columns.value, described: tableColumns(table.value) }, [
    ...text.problems,
    ...table.problems,
    ...columns.problems,
  ])
}

interface Rows {
  inputs: string[]
  targets: string[]
  /** With `previous`: no NaN left. With `skip`: NaN where a cell was empty. */
  columns: NumberColumns
  problems: Diagnostic[]
}

function handleMissing(columns: NumberColumns, definition: ForecastData, file: string): Rows {
  const names = { inputs: [...new Set(definition.inputs)], targets: [...new Set(definition.targets)] }
  const empty = columns.values.reduce(
    (sum, column) => sum + column.reduce((n, value) => n + (Number.isNaN(value) ? 1 : 0), 0),
    0,
  )
  if (empty === 0) return { ...names, columns, problems: [] }
  const warn = (what: string): Diagnostic => ({
    code: 'data.missing',
    severity: 'warning',
    message: `“${file}” has ${countOf(empty, 'empty cell')} in the chosen columns: ${what}.`,
    place: { kind: 'data', field: 'missing' },
  })
  if (definition.missing === 'skip')
    return { ...names, columns, problems: [warn('examples that touch one are left out')] }
  // Before its first number a column has nothing to go on with.
  const start = columns.values.reduce(
    (latest, column) =>
      Math.max(
        latest,
        column.findIndex((value) => !Number.isNaN(value)),
      ),
    0,
  )
  const values = columns.values.map((column) => {
    const filled = column.slice(start)
    let known = column.subarray(0, start + 1).findLast((value) => !Number.isNaN(value)) ?? 0
    for (let row = 0; row < filled.length; row++) {
      const value = filled[row] ?? known
      if (Number.isNaN(value)) filled[row] = known
      else known = value
    }
    return filled
  })
  const dropped =
    start > 0
      ? `; ${countOf(start, 'row')} before the first number of a column ${start === 1 ? 'is' : 'are'} left out`
      : ''
  return { ...names, columns: { ...columns, values }, problems: [warn(`each takes the value before it${dropped}`)] }
}

function lastSeenRows(
  definition: ForecastData,
  columns: NumberColumns,
  count: number,
  borders: readonly number[],
): LastSeenRows {
  const { window, horizon, stride } = definition
  const [, validation = 0, test = 0] = borders
  const inputs = definition.inputs.map((name) => columns.values[columns.names.indexOf(name)])
  const targets = definition.targets.map((name) => columns.values[columns.names.indexOf(name)])
  // holes[t]: how many rows before t have an empty input cell.
  const holes = new Uint32Array(count + 1)
  for (let row = 0; row < count; row++) {
    holes[row + 1] = (holes[row] ?? 0) + (inputs.some((column) => Number.isNaN(column?.[row] ?? 0)) ? 1 : 0)
  }
  const last: LastSeenRows = { training: [], validation: [], test: [] }
  for (let t = window - 1; t + horizon < count; t += stride) {
    const target = t + horizon
    if ((holes[t + 1] ?? 0) !== (holes[t + 1 - window] ?? 0)) continue
    if (targets.some((column) => Number.isNaN(column?.[target] ?? 0))) continue
    last[target < validation ? 'training' : target < test ? 'validation' : 'test'].push(t)
  }
  return last
}

function fillExamples(
  last: readonly number[],
  { window, horizon }: ForecastData,
  inputs: readonly Float64Array[],
  targets: readonly Float64Array[],
  inputScaling: Scaling,
  targetScaling: Scaling,
): ExampleSet {
  // [count, window, F] and [count, O]
  const numbers = new Float32Array(last.length * window * inputs.length)
  const targetNumbers = new Float32Array(last.length * targets.length)
  last.forEach((t, example) => {
    for (let step = 0; step < window; step++) {
      const row = t - window + 1 + step
      for (let f = 0; f < inputs.length; f++) {
        numbers[(example * window + step) * inputs.length + f] = scaled(inputScaling, f, inputs[f]?.[row] ?? 0)
      }
    }
    for (let o = 0; o < targets.length; o++) {
      targetNumbers[example * targets.length + o] = scaled(targetScaling, o, targets[o]?.[t + horizon] ?? 0)
    }
  })
  const lengths = new Int32Array(last.length).fill(window)
  return { count: last.length, numbers, tokens: null, lengths, targetNumbers, targetTokens: null }
}
