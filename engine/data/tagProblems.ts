import type { TagData } from '../document/dataSchema'
import type { Diagnostic } from '../document/diagnostic'
import { countOf } from './describeData'
import type { ExampleSet } from './prepared'
import type { LeftOut, TaggedRows } from './tagRows'

/** What can be wrong with columns of words and tags, in sentences. */

/** More tags than this are no tags but something else. */
const MAX_TAGS = 1000

export function checkTags({ texts, tags, leftOut }: TaggedRows, definition: TagData, file: string): Diagnostic | null {
  const problem = (code: string, message: string): Diagnostic => ({
    code,
    severity: 'error',
    message,
    place: { kind: 'file', path: file, column: definition.tags },
  })
  if (texts.length === 0) {
    const [first] = leftOut
    const example = first ? ` Line ${first.line} has ${wordsAndTags(first)}.` : ''
    return problem(
      'data.empty',
      `“${file}” has no row with as many tags in “${definition.tags}” as words in “${definition.tokens}”, both parted by spaces.${example} Choose other columns in the data settings.`,
    )
  }
  if (tags.length === 1) {
    return problem(
      'data.oneLabel',
      `“${file}”: the column “${definition.tags}” has only one tag, “${shorten(tags[0] ?? '')}”, so there is nothing to tell apart. Choose another column of tags.`,
    )
  }
  if (tags.length > MAX_TAGS) {
    return problem(
      'data.labels',
      `“${file}”: the column “${definition.tags}” has ${countOf(tags.length, 'different tag')}. Choose the column that holds the tags.`,
    )
  }
  return null
}

export function leftOutWarning(leftOut: readonly LeftOut[], file: string): Diagnostic[] {
  const [first] = leftOut
  if (!first) return []
  const are = leftOut.length === 1 ? 'is' : 'are'
  return [
    warning(
      'data.skipped',
      `“${file}”: ${countOf(leftOut.length, 'row')} without words or with another number of tags than of words ${are} left out; line ${first.line} has ${wordsAndTags(first)}.`,
      file,
    ),
  ]
}

/** Tags that no example of the training part has cannot be learned. */
export function unseenTagWarning(training: ExampleSet, tags: readonly string[], file: string): Diagnostic[] {
  const seen = new Set(training.targetTokens)
  const unseen = tags.filter((_, index) => !seen.has(index)).slice(0, 5)
  if (unseen.length === 0) return []
  const names = unseen.map((tag) => `“${shorten(tag)}”`).join(', ')
  return [
    warning(
      'data.unseenLabel',
      `“${file}”: too few words have the tag ${names}, so none of them fell into the training part and it cannot be learned. Add texts with it, or take it out.`,
      file,
    ),
  ]
}

function wordsAndTags({ words, tags }: LeftOut): string {
  return `${countOf(words, 'word')} and ${countOf(tags, 'tag')}`
}

function warning(code: string, message: string, file: string): Diagnostic {
  return { code, severity: 'warning', message, place: { kind: 'file', path: file } }
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
