import type { DataSource } from '../document/dataSchema'

/** "1 461": groups of three, with a space that does not break. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '\u00a0')
}

/** "1 day", "1 461 days". */
export function countOf(count: number, word: string): string {
  return `${formatCount(count)} ${count === 1 ? word : plural(word)}`
}

/** English plural of a regular noun. */
export function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`
}

/** Name of the data file as the user knows it, for messages. */
export function fileOf(source: DataSource): string {
  return source.kind === 'sample' ? source.name : source.path
}

/** The user's title, else one made of the file name: "seattle-weather.csv" gives "Seattle weather". */
export function titleOf(title: string | undefined, source: DataSource): string {
  if (title) return title
  const name = fileOf(source)
    .replace(/^.*\//, '')
    .replace(/\.[^.]*$/, '')
    .replace(/[-_]+/g, ' ')
    .trim()
  return name === '' ? 'Data' : name.slice(0, 1).toUpperCase() + name.slice(1)
}
