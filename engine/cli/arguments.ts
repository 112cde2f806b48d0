import { parseArgs } from 'node:util'
import { badArguments, type Command, type Given, type OptionSpec } from './command'

export const COMMON_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  json: { help: 'machine-readable output' },
  help: { help: 'this text' },
}

/** Reads what follows the command's name; anything that does not belong there is refused in a sentence. */
export function readArguments(command: Command, args: readonly string[]): Given & { help: boolean } {
  const specs = { ...command.options, ...COMMON_OPTIONS }
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, { value }]) => [name, { type: value ? 'string' : 'boolean' } as const]),
  )
  // Not strict: the sentences of our own are clearer than the parser's.
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true })
  const values = new Map<string, string>()
  const lists = new Map<string, string[]>()
  const files: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') files.push(token.value)
    if (token.kind !== 'option') continue
    const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined
    if (!spec) throw badArguments('option', unknownOption(command, token.rawName))
    if (spec.repeats) {
      lists.set(token.name, [...(lists.get(token.name) ?? []), readValue(token.rawName, spec, token.value)])
      continue
    }
    if (values.has(token.name)) throw badArguments('twice', `${token.rawName} stands twice. Give it once.`)
    values.set(token.name, readValue(token.rawName, spec, token.value))
  }
  const help = values.has('help')
  const [file = '', ...others] = files
  const repeated = Object.keys(command.options).find((name) => command.options[name]?.repeats)
  if (repeated !== undefined) lists.set(repeated, [...(lists.get(repeated) ?? []), ...others])
  if (!help) checkFiles(command, file, repeated === undefined ? others[0] : undefined)
  return { file, values, lists, json: values.has('json'), help }
}

function readValue(name: string, spec: OptionSpec, value: string | undefined): string {
  if (!spec.value) {
    if (value !== undefined) throw badArguments('value', `${name} takes no value. Leave out “=${value}”.`)
    return ''
  }
  // "--epochs --json": the value was forgotten, not meant to be "--json".
  if (value === undefined || value === '' || value.startsWith('--')) {
    throw badArguments('value', `${name} needs a value: ${name} ${spec.value}.`)
  }
  return value
}

function checkFiles(command: Command, file: string, extra: string | undefined): void {
  const usage = `Write: ${usageOf(command)}.`
  if (command.takesFile && file === '') throw badArguments('file', `unroll ${command.name} needs a document. ${usage}`)
  const surplus = command.takesFile ? extra : file
  if (surplus) throw badArguments('surplus', `“${surplus}” is more than unroll ${command.name} takes. ${usage}`)
}

function unknownOption(command: Command, name: string): string {
  const known = [...Object.keys(command.options), ...Object.keys(COMMON_OPTIONS)].map((option) => `--${option}`)
  return `unroll ${command.name} has no option ${name}. It takes ${known.join(', ')}.`
}

/** "unroll plan FILE [--model M] [--json]" */
export function usageOf(command: Command): string {
  const options = Object.entries({ ...command.options, json: COMMON_OPTIONS.json })
  const parts = options.map(
    ([name, spec]) => `[--${name}${spec?.value ? ` ${spec.value}` : ''}${spec?.repeats ? '…' : ''}]`,
  )
  return ['unroll', command.name, ...(command.takesFile ? ['FILE'] : []), ...parts].join(' ')
}

/** What `unroll COMMAND --help` prints. */
export function helpOf(command: Command): string {
  const rows = Object.entries({ ...command.options, ...COMMON_OPTIONS }).map(([name, { value, help }]) => [
    `--${name}${value ? ` ${value}` : ''}`,
    help,
  ])
  const width = Math.max(...rows.map(([left = '']) => left.length))
  const lines = rows.map(([left = '', right = '']) => `  ${left.padEnd(width)}  ${right}`)
  return [`${command.summary}`, '', `  ${usageOf(command)}`, '', ...lines].join('\n')
}

/** A number in a range; null when the option was not given. */
export function readNumber(given: Given, name: string, minimum: number, maximum: number): number | null {
  const text = given.values.get(name)
  if (text === undefined) return null
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= minimum && value <= maximum)) {
    throw badArguments('number', `--${name} must be a number from ${minimum} to ${maximum}, not “${text}”.`)
  }
  return value
}

/** A whole number in a range; null when the option was not given. */
export function readInteger(given: Given, name: string, minimum: number, maximum: number): number | null {
  const text = given.values.get(name)
  if (text === undefined) return null
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= minimum && value <= maximum)) {
    throw badArguments('number', `--${name} must be a whole number from ${minimum} to ${maximum}, not “${text}”.`)
  }
  return value
}
