import Papa from 'papaparse'
import { bad, type Checked, type Diagnostic, good } from '../document/diagnostic'
import { countOf } from './describeData'

export const DELIMITERS = ['\t', ';', '|', ','] as const
export type Delimiter = (typeof DELIMITERS)[number]

/** How a table is written; what is absent is detected. */
export interface TableFormat {
  delimiter?: Delimiter | undefined
  header?: boolean | undefined
}

export interface Table {
  /** Distinct names, from the header or "column 1", "column 2" … */
  columns: string[]
  /** Cells of each row without the header; as many as there are columns, trimmed; absent ones empty. */
  rows: string[][]
  /** Line of the file, from 1, on which each row begins. */
  lines: number[]
  delimiter: Delimiter
  header: boolean
}

const MAX_COLUMNS = 10_000

/**
 * Reads CSV, TSV and their kin. Delimiter and header are detected unless `format` says them.
 *
 * @param wanted column names that the document uses; when the first row has one of them it is the header
 */
export function readTable(
  text: string,
  file: string,
  format: TableFormat = {},
  wanted: readonly string[] = [],
): Checked<Table> {
  const delimiter = format.delimiter ?? detectDelimiter(text)
  const parsed = Papa.parse<string[]>(text, { delimiter, newline: '\n', skipEmptyLines: false })
  const unclosed = parsed.errors.find((error) => error.code === 'MissingQuotes')
  const all: { cells: string[]; line: number }[] = []
  const stray = parsed.errors.find((error) => error.code === 'InvalidQuotes')
  let strayLine: number | null = null
  let line = 1
  for (const [index, record] of parsed.data.entries()) {
    if (index === stray?.row) strayLine = line
    const cells = record.map((cell) => cell.trim())
    if (cells.some((cell) => cell !== '')) all.push({ cells, line })
    line += 1 + record.reduce((breaks, cell) => breaks + countBreaks(cell), 0)
  }
  if (unclosed) {
    return bad(
      problem(
        'table.quote',
        `“${file}”, line ${all.at(-1)?.line ?? 1}: a quotation mark opens here and never closes. Close it, or write it twice where it is part of the text.`,
        file,
        all.at(-1)?.line,
      ),
    )
  }
  const first = all[0]
  if (!first) return bad(problem('data.empty', `“${file}” has no rows. Choose a file with data in it.`, file))
  const header =
    format.header ??
    detectHeader(
      all.map((row) => row.cells),
      wanted,
    )
  const body = header ? all.slice(1) : all
  if (body.length === 0)
    return bad(
      problem('data.empty', `“${file}” has a header but no rows below it. Choose a file with data in it.`, file),
    )
  const width = header ? first.cells.length : body.reduce((widest, row) => Math.max(widest, row.cells.length), 0)
  if (width > MAX_COLUMNS)
    return bad(
      problem(
        'table.columns',
        `“${file}” has ${width} columns, more than the ${MAX_COLUMNS} that can be read. Keep only the columns that the model needs.`,
        file,
      ),
    )
  const columns = header ? distinct(first.cells) : Array.from({ length: width }, (_, i) => `column ${i + 1}`)
  return good(
    {
      columns,
      rows: body.map(({ cells }) => Array.from({ length: width }, (_, i) => cells[i] ?? '')),
      lines: body.map((row) => row.line),
      delimiter,
      header,
    },
    [...strayQuoteWarning(strayLine, file), ...raggedWarning(body, width, file)],
  )
}

/** The diagnostic for columns that a document names and the table has not; null when it has all. */
export function missingColumns(table: Table, wanted: readonly string[], file: string): Diagnostic | null {
  const missing = [...new Set(wanted)].filter((name) => !table.columns.includes(name))
  if (missing.length === 0) return null
  const names = missing.map((name) => `“${name}”`).join(' and ')
  const shown = table.columns.slice(0, 12).map((name) => `“${name}”`)
  const rest = table.columns.length > shown.length ? ` and ${table.columns.length - shown.length} more` : ''
  return {
    ...problem(
      'table.column',
      `“${file}” has no column ${names}. It has ${shown.join(', ')}${rest}: choose among these in the data settings.`,
      file,
    ),
    place: { kind: 'file', path: file, column: missing[0] ?? '' },
  }
}

function problem(code: string, message: string, file: string, line?: number): Diagnostic {
  return {
    code,
    severity: 'error',
    message,
    place: { kind: 'file', path: file, ...(line === undefined ? {} : { line }) },
  }
}

/**
 * The rarest mark that cuts nearly all of the first rows into the same number of cells, at least two. Commas come last: they also
 * stand in decimals and sentences.
 */
function detectDelimiter(text: string): Delimiter {
  for (const delimiter of DELIMITERS) {
    const rows = Papa.parse<string[]>(text.slice(0, 200_000), {
      delimiter,
      newline: '\n',
      preview: 60,
      skipEmptyLines: 'greedy',
    }).data
    const counts = new Map<number, number>()
    for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1)
    const [width = 0, times = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? []
    if (width >= 2 && times >= rows.length * 0.9) return delimiter
  }
  return ','
}

const NUMBER_LIKE = /^[+-]?[\d.,]*\d[\d.,]*(?:e[+-]?\d+)?%?$/i

/** A first row of distinct, non-empty words is a header. */
function detectHeader(rows: readonly string[][], wanted: readonly string[]): boolean {
  const first = rows[0] ?? []
  if (wanted.some((name) => first.includes(name))) return true
  return first.every((cell) => cell !== '' && !NUMBER_LIKE.test(cell)) && new Set(first).size === first.length
}

function distinct(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return names.map((name, index) => {
    const base = name === '' ? `column ${index + 1}` : name
    let unique = base
    for (let n = 2; seen.has(unique); n++) unique = `${base} (${n})`
    seen.add(unique)
    return unique
  })
}

function countBreaks(cell: string): number {
  let breaks = 0
  for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) breaks++
  return breaks
}

function strayQuoteWarning(line: number | null, file: string): Diagnostic[] {
  if (line === null) return []
  return [
    {
      code: 'table.quote',
      severity: 'warning',
      message: `“${file}”, line ${line}: a quotation mark stands in the middle of a cell, so this and the following cells may be cut wrongly. Write quotation marks inside a cell twice.`,
      place: { kind: 'file', path: file, line },
    },
  ]
}

function raggedWarning(body: readonly { cells: string[]; line: number }[], width: number, file: string): Diagnostic[] {
  const odd = body.filter((row) => row.cells.length !== width)
  const first = odd[0]
  if (!first) return []
  const more = odd.length > 1 ? ` (and ${countOf(odd.length - 1, 'more line')})` : ''
  return [
    {
      code: 'table.ragged',
      severity: 'warning',
      message: `“${file}”, line ${first.line}${more}: ${countOf(first.cells.length, 'cell')} where the table has ${width} columns. Absent cells count as empty, further ones are ignored.`,
      place: { kind: 'file', path: file, line: first.line },
    },
  ]
}
