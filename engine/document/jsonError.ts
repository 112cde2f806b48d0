/** Where JSON text stops being JSON, counted from 1, and what is wrong there, in words. */
export interface JsonError {
  line: number
  column: number
  message: string
}

/**
 * Finds the first mistake of text that `JSON.parse` refused. Engines word and place their messages differently (some give no place
 * at all), so the text is read again by this small checker. null when it finds none.
 */
export function findJsonError(text: string): JsonError | null {
  const fault = new Checker(text).check()
  if (fault === null) return null
  const before = text.slice(0, fault.at)
  const line = before.split('\n').length
  return { line, column: fault.at - (before.lastIndexOf('\n') + 1) + 1, message: fault.message }
}

interface Fault {
  at: number
  message: string
}

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const SPACE = /[ \t\r\n]*/y

/** What may come next; containers are kept on a stack of our own, so that deep nesting cannot exhaust the call stack. */
type Expecting = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'commaOrEnd'

class Checker {
  readonly #text: string
  #at = 0
  readonly #open: ('{' | '[')[] = []

  constructor(text: string) {
    this.#text = text
  }

  check(): Fault | null {
    let expecting: Expecting = 'value'
    for (;;) {
      this.#match(SPACE)
      if (this.#open.length === 0 && expecting === 'commaOrEnd') {
        return this.#at < this.#text.length ? this.#fault('there is more text after the end of the document') : null
      }
      if (this.#at >= this.#text.length) return this.#fault(this.#endMessage())
      const next = this.#next(expecting)
      if (typeof next !== 'string') return next
      expecting = next
    }
  }

  #next(expecting: Expecting): Expecting | Fault {
    const character = this.#text[this.#at] ?? ''
    const inObject = this.#open.at(-1) === '{'
    switch (expecting) {
      case 'commaOrEnd':
        if (character === ',') return this.#step(inObject ? 'key' : 'value')
        if (character === (inObject ? '}' : ']')) return this.#close()
        return this.#fault(`${this.#found()} stands where a comma or ${inObject ? '}' : ']'} is due`)
      case 'keyOrEnd':
      case 'key':
        if (character === '}') {
          return expecting === 'keyOrEnd' ? this.#close() : this.#fault('a comma stands before } with nothing after it')
        }
        return this.#key()
      case 'valueOrEnd':
      case 'value':
        if (character === ']' && inObject === false && this.#open.length > 0) {
          return expecting === 'valueOrEnd'
            ? this.#close()
            : this.#fault('a comma stands before ] with nothing after it')
        }
        return this.#value(character)
    }
  }

  #key(): Expecting | Fault {
    if (this.#text[this.#at] !== '"') return this.#fault(`${this.#found()} stands where a name in double quotes is due`)
    if (!this.#string()) return this.#stringFault()
    this.#match(SPACE)
    if (this.#text[this.#at] === ':') return this.#step('value')
    return this.#at >= this.#text.length
      ? this.#fault(this.#endMessage())
      : this.#fault(`${this.#found()} stands where a colon is due`)
  }

  #value(character: string): Expecting | Fault {
    if (character === '{' || character === '[') {
      this.#open.push(character)
      return this.#step(character === '{' ? 'keyOrEnd' : 'valueOrEnd')
    }
    if (character === '"') return this.#string() ? 'commaOrEnd' : this.#stringFault()
    if (this.#match(SCALAR)) return 'commaOrEnd'
    return this.#fault(`${this.#found()} stands where a value is due`)
  }

  #step(next: Expecting): Expecting {
    this.#at++
    return next
  }

  #close(): Expecting {
    this.#open.pop()
    return this.#step('commaOrEnd')
  }

  /** A loop instead of one pattern: a pattern that repeats for megabytes exhausts the engine's stack. */
  #string(): boolean {
    const start = this.#at
    this.#at++
    while (this.#at < this.#text.length) {
      const code = this.#text.charCodeAt(this.#at)
      if (code === 0x22) {
        this.#at++
        return true
      }
      if (code === 0x5c ? !this.#match(ESCAPE) : code < 0x20) break
      if (code !== 0x5c) this.#at++
    }
    this.#at = start
    return false
  }

  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at
    if (!pattern.test(this.#text)) return false
    this.#at = pattern.lastIndex
    return true
  }

  #fault(message: string): Fault {
    return { at: Math.min(this.#at, this.#text.length), message }
  }

  #stringFault(): Fault {
    return this.#fault(
      'a text begins here that is never closed by a double quote, or holds a character that JSON forbids',
    )
  }

  #endMessage(): string {
    return 'the text ends in the middle, as if the file was cut off'
  }

  #found(): string {
    const word = /^[A-Za-z0-9_.+-]{1,20}/.exec(this.#text.slice(this.#at, this.#at + 20))?.[0]
    return `“${word ?? String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0)}”`
  }
}
