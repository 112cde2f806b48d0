import type { TagData } from '../document/dataSchema'
import { Numbering } from './numbering'
import type { Table } from './readTable'

/** Words and tags of one row by their number; equally many of both, at least one. */
export interface TaggedText {
  words: Uint32Array
  tags: Uint32Array
}

/** Why a row is left out. */
export interface LeftOut {
  line: number
  words: number
  tags: number
}

export interface TaggedRows {
  texts: TaggedText[]
  /** Every word and every tag of the texts, numbered in order of appearance. */
  words: string[]
  tags: string[]
  leftOut: LeftOut[]
}

/** Reads the two columns; texts longer than the maximum length are cut. */
export function readTagged(table: Table, definition: TagData): TaggedRows {
  const words = new Numbering()
  const tags = new Numbering()
  const texts: TaggedText[] = []
  const leftOut: LeftOut[] = []
  const wordColumn = table.columns.indexOf(definition.tokens)
  const tagColumn = table.columns.indexOf(definition.tags)
  table.rows.forEach((row, index) => {
    const rowWords = spaced(row[wordColumn])
    const rowTags = spaced(row[tagColumn])
    if (rowWords.length === 0 || rowWords.length !== rowTags.length) {
      leftOut.push({ line: table.lines[index] ?? 0, words: rowWords.length, tags: rowTags.length })
      return
    }
    const kept = Math.min(rowWords.length, definition.maximumLength)
    const asRead = (word: string): string => (definition.capitals === 'ignore' ? word.toLowerCase() : word)
    texts.push({
      words: Uint32Array.from(rowWords.slice(0, kept), (word) => words.of(asRead(word))),
      tags: Uint32Array.from(rowTags.slice(0, kept), (tag) => tags.of(tag)),
    })
  })
  return { texts, words: words.names, tags: tags.names, leftOut }
}

function spaced(cell: string | undefined): string[] {
  return (cell ?? '').split(/\s+/u).filter((part) => part !== '')
}
