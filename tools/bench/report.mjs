import { better, median, ratio } from './statistics.mjs'

/** @typedef {import('./measure.mjs').Measurement} Measurement */
/** @typedef {import('./measure.mjs').Timing} Timing */
/** @typedef {{ text: string, productPeak: number }} Machine productPeak in GFLOP/s of one thread */
/**
 * @typedef {object} Row
 * @property {string} config
 * @property {number} mflop of one training step
 * @property {number} ms median of the engine
 * @property {number} minimumMs
 * @property {number} threads that the engine chose, the median of the rounds
 * @property {number} gflops
 * @property {number} percentOfPeak of the product's speed on one thread, times threads
 * @property {{ peer: string, ms: number, minimumMs: number }[]} peers
 * @property {{ pytorch?: number }} ratio peer's time divided by ours, at the peer's better setting
 * @property {{ pytorch?: import('./statistics.mjs').Quartiles }} quartiles
 */

/** @param {Measurement} measurement @param {number} productPeak @returns {Row} */
export function rowOf({ config, mflop, threads, own, others }, productPeak) {
  const ms = median(own.rounds)
  const gflops = mflop / ms
  const best = better(others, ({ rounds }) => rounds)
  const compared = best && ratio(best.rounds, own.rounds)
  return {
    config,
    mflop,
    ms,
    minimumMs: Math.min(...own.rounds),
    threads,
    gflops,
    percentOfPeak: (100 * gflops) / (productPeak * threads),
    peers: others.map(({ peer, rounds }) => ({ peer, ms: median(rounds), minimumMs: Math.min(...rounds) })),
    ratio: compared ? { pytorch: compared.median } : {},
    quartiles: compared ? { pytorch: compared } : {},
  }
}

/** Three digits that matter. @param {number} value */
function short(value) {
  return value >= 1000 ? value.toFixed(0) : value.toPrecision(3)
}

/** @param {readonly string[]} peers */
function headings(peers) {
  const times = ['Unroll', ...peers].map((name) => `${name} ms (min)`)
  const ratios = peers.length > 0 ? ['to PyTorch (quartiles)'] : []
  return ['configuration', 'MFLOP', ...times, 'threads', 'GFLOP/s', '% of peak', ...ratios]
}

/** @param {Row} row */
function cells({ config, mflop, ms, minimumMs, threads, gflops, percentOfPeak, peers, quartiles }) {
  const times = [{ ms, minimumMs }, ...peers].map((time) => `${short(time.ms)} (${short(time.minimumMs)})`)
  const { pytorch } = quartiles
  const ratios = pytorch ? [`${short(pytorch.median)} (${short(pytorch.lower)}–${short(pytorch.upper)})`] : []
  return [config, short(mflop), ...times, String(threads), short(gflops), percentOfPeak.toFixed(0), ...ratios]
}

/** @param {readonly Row[]} rows */
function tableOf(rows) {
  return [headings(rows[0]?.peers.map(({ peer }) => peer) ?? []), ...rows.map(cells)]
}

/** Columns side by side, names to the left, numbers to the right. @param {readonly Row[]} rows */
export function printTable(rows) {
  const lines = tableOf(rows)
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? []
  return lines
    .map((line) =>
      line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
    )
    .join('\n')
}

/** What `--write` keeps. @param {string} date @param {Machine} machine @param {readonly Row[]} rows */
export function markdown(date, machine, rows) {
  const [head = [], ...body] = tableOf(rows).map((line) => `| ${line.join(' | ')} |`)
  return `# Benchmarks

Written by \`npm run bench -- --write\` on ${date}. One training step (forward, loss, backward, Adam) on drawn data: medians and
minima of nine interleaved rounds of about 120 ms. The ratio is PyTorch's time at its better setting divided by Unroll's, round by
round; the peak is the engine's own matrix product (64 × 128 × 128) on one thread, times the threads used.

${machine.text}

${head}
|${' --- |'.repeat(headings(rows[0]?.peers.map(({ peer }) => peer) ?? []).length)}
${body.join('\n')}
`
}
