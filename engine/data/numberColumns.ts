import { bad, type Checked, type Diagnostic, good } from '../document/diagnostic'
import { missingColumns, type Table } from './readTable'

/** Columns of a table as numbers; NaN where the cell is empty. */
export interface NumberColumns {
  names: string[]
  /** One array a name, one entry a row. */
  values: Float64Array[]
  decimal: '.' | ','
}

/** Beyond this a square no longer fits in float32's range once rows are summed. */
const LARGEST = 1e15
/** What people write for "nothing was measured". */
const EMPTY: ReadonlySet<string> = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '?', '-'])
const POINT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const COMMA = /^[+-]?(?:\d+,?\d*|,\d+)(?:[eE][+-]?\d+)?$/

/**
 * Reads the named columns as numbers. A cell that is neither a number nor empty gives one diagnostic for its column, with the line
 * and the cell.
 */
export function readNumberColumns(
  table: Table,
  names: readonly string[],
  file: string,
  decimal: '.' | ',' | undefined,
): Checked<NumberColumns> {
  const missing = missingColumns(table, names, file)
  if (missing) return bad(missing)
  const indices = names.map((name) => table.columns.indexOf(name))
  const mark = decimal ?? detectDecimal(table, indices)
  const problems: Diagnostic[] = []
  const values = names.map((name, at) => {
    const column = new Float64Array(table.rows.length)
    const wrong: number[] = []
    for (let row = 0; row < column.length; row++) {
      const value = readNumber(table.rows[row]?.[indices[at] ?? 0] ?? '', mark)
      if (value === null) wrong.push(row)
      column[row] = value ?? Number.NaN
    }
    const first = wrong[0]
    if (first !== undefined) problems.push(textCell(table, first, wrong.length - 1, name, indices[at] ?? 0, file))
    else if (column.every(Number.isNaN)) problems.push(emptyColumn(name, file))
    return column
  })
  return problems.length > 0 ? bad(...problems.slice(0, 10)) : good({ names: [...names], values, decimal: mark })
}

/** The number in a cell, NaN for an empty one, null for text. */
function readNumber(cell: string, decimal: '.' | ','): number | null {
  if (EMPTY.has(cell.toLowerCase())) return Number.NaN
  // Spreadsheets write a true minus sign.
  const plain = cell.replace('\u2212', '-')
  if (!(decimal === '.' ? POINT : COMMA).test(plain)) return null
  const value = Number(plain.replace(',', '.'))
  return Math.abs(value) <= LARGEST ? value : null
}

/** A comma when some cells are numbers only with a comma and none only with a point. */
function detectDecimal(table: Table, columns: readonly number[]): '.' | ',' {
  let commas = 0
  for (const row of table.rows.slice(0, 1000)) {
    for (const column of columns) {
      const cell = row[column] ?? ''
      if (cell.includes('.') && POINT.test(cell)) return '.'
      if (cell.includes(',') && COMMA.test(cell)) commas++
    }
  }
  return commas > 0 ? ',' : '.'
}

function textCell(table: Table, row: number, others: number, name: string, index: number, file: string): Diagnostic {
  const cell = table.rows[row]?.[index] ?? ''
  const shown = cell.length > 40 ? `${cell.slice(0, 40)}…` : cell
  const line = table.lines[row] ?? 0
  const more = others > 0 ? ` (and ${others} more ${others === 1 ? 'cell' : 'cells'} of this column)` : ''
  const large = /^[+-]?[\d.,eE+-]+$/.test(cell) && POINT.test(cell.replace(',', '.'))
  return {
    code: 'table.text',
    severity: 'error',
    message: `“${file}”, line ${line}, column “${name}”: “${shown}” is ${large ? 'too large a number' : 'not a number'}${more}. Correct the cell, empty it, or take the column out of the inputs and targets.`,
    place: { kind: 'file', path: file, line, column: name },
  }
}

function emptyColumn(name: string, file: string): Diagnostic {
  return {
    code: 'table.emptyColumn',
    severity: 'error',
    message: `“${file}”: the column “${name}” has no number in it. Take it out of the inputs and targets.`,
    place: { kind: 'file', path: file, column: name },
  }
}
