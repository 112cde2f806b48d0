import { SetupError } from '../setup/command.mjs'
import { configurations, quickNames } from './configurations.mjs'

/** What is measured beside the configurations, by name on the command line. */
export const parts = /** @type {const} */ (['growth', 'compile', 'in-app', 'canvas'])
/** @typedef {(typeof parts)[number]} Part */

/**
 * @typedef {object} Options
 * @property {import('./configurations.mjs').Configuration[]} chosen
 * @property {Part[]} parts
 * @property {boolean} quick
 * @property {boolean} json
 * @property {boolean} write
 * @property {string[]} from files with the JSON of earlier runs, which are printed or written instead of a new run
 */

const switches = ['--quick', '--json', '--write']
const FROM = '--from='

/** @param {readonly string[]} args @returns {Options} */
export function parseOptions(args) {
  const names = args.filter((arg) => !arg.startsWith('-'))
  const known = [...configurations.map(({ name }) => name), ...parts]
  const isKnown = (/** @type {string} */ arg) => switches.includes(arg) || known.includes(arg) || arg.startsWith(FROM)
  const unknown = args.find((arg) => !isKnown(arg))
  if (unknown !== undefined) {
    throw new SetupError(`There is no "${unknown}": ${[...switches, `${FROM}FILE`, ...known].join(', ')}.`)
  }
  const quick = args.includes('--quick')
  const wanted = names.length > 0 ? names : quick ? [...quickNames, 'compile'] : known
  return {
    chosen: configurations.filter(({ name }) => wanted.includes(name)),
    parts: parts.filter((part) => wanted.includes(part)),
    quick,
    json: args.includes('--json'),
    write: args.includes('--write'),
    from: args.filter((arg) => arg.startsWith(FROM)).map((arg) => arg.slice(FROM.length)),
  }
}
