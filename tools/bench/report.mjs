import { tablesOf } from './tables.mjs'

/** @typedef {import('./tables.mjs').Table} Table */
/** @typedef {import('./tables.mjs').Result} Result */

/** All tables of a run for a terminal: columns side by side, names to the left, numbers to the right. @param {Result} result */
export function printTables(result) {
  return tablesOf(result).map(printTable).join('\n\n')
}

/** @param {Table} table */
function printTable({ title, head, rows }) {
  const lines = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const pad = (/** @type {string} */ cell, /** @type {number} */ at) =>
    at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)
  return [title, ...lines.map((line) => line.map(pad).join('  ').trimEnd())].join('\n')
}

/** What `--write` keeps: nothing in it was typed by hand. @param {Result} result */
export function markdown(result) {
  const sections = tablesOf(result).map(
    ({ title, note, head, rows }) =>
      `## ${title}\n\n${note}\n\n${[head, head.map(() => '---'), ...rows].map((line) => `| ${line.join(' | ')} |`).join('\n')}\n`,
  )
  return `# Benchmarks

Written by \`npm run bench -- --write\` on ${result.date}. Every side starts from the same weights and comes to the same first loss and
gradient before it is timed; then all have their turns in blocks of about 120 ms. The peak is that of multiply-adds in registers of
one core, times the threads used.

${result.machine.text}

${sections.join('\n')}`
}
