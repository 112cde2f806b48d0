/** @typedef {import('./rows.mjs').Row} Row */
/** @typedef {import('./rows.mjs').Framework} Framework */
/** @typedef {import('./statistics.mjs').Quartiles} Quartiles */
/** What is measured, as text. @typedef {{ title: string, note: string, head: string[], rows: string[][] }} Table */
/**
 * @typedef {object} Machine
 * @property {string} text
 * @property {number | null} peak GFLOP/s of multiply-adds in registers of one core
 * @property {number} productPeak GFLOP/s of the engine's matrix product on one thread
 */
/** @typedef {{ by: string, points: { value: number, mflop: number, ms: number, peers: { peer: string, ms: number | null }[] }[] }} Growth */
/** @typedef {{ name: string, value: number, unit: string, limit: number | null, isAtLeast: boolean }} Figure `limit`: the goal */
/**
 * Everything that one run measured; parts that were not asked for are absent.
 *
 * @typedef {object} Result
 * @property {string} date
 * @property {Machine} machine
 * @property {Row[]} rows
 * @property {Growth[]} [growth]
 * @property {Figure[]} [compile]
 * @property {{ ms: number, commandLineMs: number, ratio: Quartiles, limit: number }} [inApp]
 * @property {Figure[]} [canvas]
 */

/** @type {Record<Framework, string>} */
const names = { pytorch: 'PyTorch', tfjs: 'TensorFlow.js' }

/** Three digits that matter. @param {number} value */
export function short(value) {
  if (value === 0) return '0'
  return Math.abs(value) >= 1000 ? value.toFixed(0) : value.toPrecision(3)
}

/** @param {number | null} bytes */
function megabytes(bytes) {
  return bytes === null ? '–' : short(bytes / 1e6)
}

/** @param {Quartiles | undefined} quartiles */
function withQuartiles(quartiles) {
  if (!quartiles) return '–'
  return `${short(quartiles.median)} (${short(quartiles.lower)}–${short(quartiles.upper)})`
}

/** @param {Result} result @returns {Table[]} */
export function tablesOf(result) {
  const { rows, growth = [], compile = [], inApp, canvas = [] } = result
  const trained = rows.filter(({ single }) => single === null)
  const streaming = rows.filter(({ single }) => single !== null)
  return [
    ...(trained.length > 0 ? [stepTable(trained), memoryTable(trained)] : []),
    ...(streaming.length > 0 ? [streamingTable(streaming)] : []),
    ...growth.map(growthTable),
    ...(compile.length > 0 ? [figureTable('Compiler', 'Median of nine rounds.', compile)] : []),
    ...(inApp ? [inAppTable(inApp)] : []),
    ...(canvas.length > 0
      ? [
          figureTable(
            'Canvas',
            '500 nodes and 800 wires in the built app, drawn by software on a virtual display.',
            canvas,
          ),
        ]
      : []),
  ]
}

/** @param {readonly Row[]} rows */
function frameworksOf(rows) {
  return /** @type {const} */ (['pytorch', 'tfjs']).filter((kind) =>
    rows.some(({ ratio }) => ratio[kind] !== undefined),
  )
}

/** @param {readonly Row[]} rows @returns {Table} */
function stepTable(rows) {
  const peers = rows[0]?.peers.map(({ peer }) => peer) ?? []
  const kinds = frameworksOf(rows)
  return {
    title: 'Training steps',
    note: 'Milliseconds of one step (forward, loss, backward, Adam): median (minimum). * only three rounds, since its steps are long. The ratio is the peer’s time at its better setting divided by Unroll’s, round by round: median (quartiles).',
    head: [
      'configuration',
      'MFLOP',
      ...['Unroll', ...peers].map((name) => `${name} ms`),
      'threads',
      'GFLOP/s',
      '% of peak',
      ...kinds.map((kind) => `to ${names[kind]}`),
    ],
    rows: rows.map((row) => [
      row.config,
      short(row.mflop),
      `${short(row.ms)} (${short(row.minimumMs)})`,
      ...row.peers.map(timeOf),
      String(row.threads),
      short(row.gflops),
      row.percentOfPeak.toFixed(0),
      ...kinds.map((kind) => withQuartiles(row.quartiles[kind])),
    ]),
  }
}

/** @param {import('./rows.mjs').PeerFigures} peer */
function timeOf({ ms, minimumMs, isSlow, disagreement }) {
  if (ms === null || minimumMs === null) return disagreement === null ? '–' : 'computes something else'
  return `${short(ms)} (${short(minimumMs)})${isSlow ? ' *' : ''}`
}

/** @param {readonly Row[]} rows @returns {Table} */
function memoryTable(rows) {
  const peers = rows[0]?.peers.filter(({ peer }) => peer.startsWith('PyTorch')).map(({ peer }) => peer) ?? []
  return {
    title: 'Threads and memory',
    note: 'Milliseconds of Unroll’s step with one thread and with all, in turns, and how many times as fast all are. Memory: what Unroll plans for one step (all shards), beside the growth of PyTorch’s resident memory from an empty process to its peak.',
    head: ['configuration', '1 thread ms', 'all threads ms', 'gain', 'arena MB', ...peers.map((peer) => `${peer} MB`)],
    rows: rows.map(({ config, scaling, arenaBytes, peers: figures }) => [
      config,
      ...(scaling ? [short(scaling.one), short(scaling.all), `${scaling.gain.toFixed(2)} ×`] : ['–', '–', '–']),
      megabytes(arenaBytes),
      ...peers.map((name) => megabytes(figures.find(({ peer }) => peer === name)?.bytes ?? null)),
    ]),
  }
}

/** @param {readonly Row[]} rows @returns {Table} */
function streamingTable(rows) {
  const kinds = frameworksOf(rows)
  const sides = rows.flatMap(({ config, single, peers, quartiles }) => [
    [config, 'Unroll', ...microsOf(single), ...kinds.map(() => '')],
    ...peers.map((peer) => [
      config,
      peer.peer,
      ...(peer.disagreement === null ? microsOf(peer.single) : ['computes something else', '–']),
      ...kinds.map((kind) => (peer.peer.startsWith(names[kind]) ? withQuartiles(quartiles[kind]) : '')),
    ]),
  ])
  return {
    title: 'Streaming',
    note: 'One time step forward with the state carried on. The ratio is at the peer’s better setting.',
    head: ['configuration', 'side', 'median µs', '99th percentile µs', ...kinds.map((kind) => `to ${names[kind]}`)],
    rows: sides,
  }
}

/** @param {Row['single']} single */
function microsOf(single) {
  return single === null ? ['–', '–'] : [short(1000 * single.median), short(1000 * single.percentile99)]
}

/** @param {Growth} growth @returns {Table} */
function growthTable({ by, points }) {
  const peers = points[0]?.peers.map(({ peer }) => peer) ?? []
  return {
    title: `Cost as it grows: ${by}`,
    note: 'Milliseconds of one training step, medians.',
    head: [by, 'MFLOP', ...['Unroll', ...peers].map((name) => `${name} ms`), 'GFLOP/s'],
    rows: points.map(({ value, mflop, ms, peers: figures }) => [
      String(value),
      short(mflop),
      short(ms),
      ...figures.map((figure) => (figure.ms === null ? '–' : short(figure.ms))),
      short(mflop / ms),
    ]),
  }
}

/** @param {NonNullable<Result['inApp']>} inApp @returns {Table} */
function inAppTable({ ms, commandLineMs, ratio, limit }) {
  return {
    title: 'In the app',
    note: 'The Moby Dick sample trained in the built app on a virtual display, its step as the telemetry frames tell it, beside the command line with the same flags, in turns.',
    head: ['row', 'app ms', 'command line ms', 'ratio (quartiles)', 'limit', ''],
    rows: [
      [
        'in-app',
        short(ms),
        short(commandLineMs),
        withQuartiles(ratio),
        String(limit),
        ratio.median <= limit ? 'met' : 'missed',
      ],
    ],
  }
}

/** @param {string} title @param {string} note @param {readonly Figure[]} figures @returns {Table} */
function figureTable(title, note, figures) {
  return {
    title,
    note,
    head: ['what', 'measured', 'goal', ''],
    rows: figures.map(({ name, value, unit, limit, isAtLeast }) => [
      name,
      `${short(value)} ${unit}`,
      limit === null ? '' : `${isAtLeast ? '≥' : '≤'} ${limit} ${unit}`,
      limit === null ? '' : (isAtLeast ? value >= limit : value <= limit) ? 'met' : 'missed',
    ]),
  }
}
