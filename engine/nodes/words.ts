import { assertNever } from '../base/invariant'
import type { DataSummary } from '../data/prepared'
import type { PortKind, PortShape } from './defineNode'

/** How cards, wires and messages say numbers and shapes. English only; one place, so that they say it alike. */

/** "231 000": groups of three, with a space that does not break. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, '\u00a0')
}

/** "1 day", "24 days", "2 entries" */
export function plural(count: number, word: string): string {
  return `${formatCount(count)} ${count === 1 ? word : pluralWord(word)}`
}

export function pluralWord(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  return /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`
}

/** "a", "a or b", "a, b or c" */
export function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

/** What an input takes: "Classify needs …". */
export function needsPhrase(kinds: readonly PortKind[]): string {
  const words = { tokens: 'letters or words', sequence: 'a sequence', vector: 'one vector per example' }
  return alternatives(kinds.map((kind) => words[kind]))
}

type Time = Pick<DataSummary, 'maximumSteps' | 'variableLength' | 'stepWord'>

/** What an output carries: "… but LSTM gives …": "a sequence of 24 days", "one vector per example". */
export function givesPhrase(shape: PortShape, time: Time): string {
  switch (shape.kind) {
    case 'tokens':
      return `plain ${pluralWord(shape.unit)}`
    case 'sequence':
      return `a sequence of ${steps(time, time.stepWord)}`
    case 'vector':
      return 'one vector per example'
    default:
      return assertNever(shape)
  }
}

/**
 * A shape as a sentence for a wire: "32 examples × 24 steps × 5 measurements".
 * @param rows examples at once; left out when null
 */
export function shapeSentence(shape: PortShape, time: Time, rows: number | null): string {
  const parts = rows === null ? [] : [plural(rows, 'example')]
  switch (shape.kind) {
    case 'tokens':
      parts.push(steps(time, shape.unit))
      break
    case 'sequence':
      parts.push(steps(time, time.stepWord), plural(shape.features, shape.word ?? 'number'))
      break
    case 'vector':
      parts.push(plural(shape.features, shape.word ?? 'number'))
      break
    default:
      assertNever(shape)
  }
  return parts.join(' × ')
}

function steps(time: Time, word: string): string {
  return `${time.variableLength ? 'up to ' : ''}${plural(time.maximumSteps, word)}`
}
