/** A text as numbers: symbol n of the text is `symbols[ids[n]]`. Ids follow the first appearance. */
export interface SymbolText {
  ids: Uint32Array
  symbols: string[]
}

/** A word with its apostrophes and hyphens, or one mark that is neither letter, digit nor space. */
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)*|[^\s]/gu

/**
 * Numbers the symbols of texts as they appear. Letters are code points, as they are written. Words are folded to lower case, for a
 * vocabulary of words at the start and in the middle of a sentence is twice as large for nothing; punctuation marks are words.
 */
export class SymbolReader {
  readonly symbols: string[] = []
  readonly #unit: 'letter' | 'word'
  readonly #known = new Map<string, number>()

  constructor(unit: 'letter' | 'word') {
    this.#unit = unit
  }

  read(text: string): Uint32Array {
    return this.#unit === 'letter' ? this.#letters(text) : this.#words(text)
  }

  #letters(text: string): Uint32Array {
    const ids = new Uint32Array(text.length)
    let count = 0
    for (const letter of text) ids[count++] = this.#idOf(letter)
    return ids.slice(0, count)
  }

  #words(text: string): Uint32Array {
    let ids = new Uint32Array(Math.ceil(text.length / 4) + 1)
    let count = 0
    for (const match of text.matchAll(WORD)) {
      if (count === ids.length) {
        const larger = new Uint32Array(ids.length * 2)
        larger.set(ids)
        ids = larger
      }
      ids[count++] = this.#idOf(match[0].toLowerCase())
    }
    return ids.slice(0, count)
  }

  #idOf(symbol: string): number {
    const known = this.#known.get(symbol)
    if (known !== undefined) return known
    const id = this.symbols.length
    this.#known.set(symbol, id)
    this.symbols.push(symbol)
    return id
  }
}
