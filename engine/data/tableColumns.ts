import type { ColumnSummary } from './prepared'
import type { Table } from './readTable'

/** Rows that decide about a column: enough to see what it is, few enough for wide tables. */
const LOOKED_AT = 400

const NUMBER = /^[+\-\u2212]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d+)?$/
const DATE = /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?:[T ]\d{1,2}:\d{2}.*)?$/

/** Name and kind of every column, in the order of the table. A column of empty cells counts as text. */
export function tableColumns(table: Table): ColumnSummary[] {
  const rows = table.rows.slice(0, LOOKED_AT)
  return table.columns.map((name, index) => {
    const cells = rows.map((row) => row[index] ?? '').filter((cell) => cell !== '')
    const all = (pattern: RegExp) => cells.length > 0 && cells.every((cell) => pattern.test(cell))
    return { name, kind: all(NUMBER) ? 'number' : all(DATE) ? 'date' : 'text' }
  })
}
