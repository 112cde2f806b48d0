import type { PairsData } from '../document/dataSchema'
import { Numbering } from './numbering'
import type { Table } from './readTable'

/** Symbols of one row by their number, at least one on each side. */
export interface Pair {
  from: Uint32Array
  to: Uint32Array
}

export interface PairRows {
  /** One entry for every different source; most have one pair, some several. */
  groups: Pair[][]
  /** Every symbol of each side, numbered in order of appearance. */
  fromSymbols: string[]
  toSymbols: string[]
  /** Lines of rows with an empty side, and of rows that are too long. */
  empty: number[]
  long: number[]
}

export function readPairs(table: Table, definition: PairsData): PairRows {
  const [fromColumn, toColumn] = [table.columns.indexOf(definition.from), table.columns.indexOf(definition.to)]
  const [fromNumbers, toNumbers] = [new Numbering(), new Numbering()]
  const groups = new Map<string, Pair[]>()
  const [empty, long]: [number[], number[]] = [[], []]
  table.rows.forEach((row, index) => {
    const from = cut(row[fromColumn] ?? '', definition.fromUnit)
    const to = cut(row[toColumn] ?? '', definition.toUnit)
    const line = table.lines[index] ?? 0
    if (from.length === 0 || to.length === 0) empty.push(line)
    else if (from.length > definition.maximumFrom || to.length > definition.maximumTo) long.push(line)
    else {
      const key = from.join(' ')
      const group = groups.get(key) ?? []
      groups.set(key, group)
      group.push({
        from: Uint32Array.from(from, (symbol) => fromNumbers.of(symbol)),
        to: Uint32Array.from(to, (symbol) => toNumbers.of(symbol)),
      })
    }
  })
  return { groups: [...groups.values()], fromSymbols: fromNumbers.names, toSymbols: toNumbers.names, empty, long }
}

/** A text in its symbols: code points, or what stands between spaces. Also how a text to predict from is read. */
export function cut(text: string, unit: 'letter' | 'word'): string[] {
  return unit === 'letter' ? [...text] : text.split(/\s+/u).filter((part) => part !== '')
}
