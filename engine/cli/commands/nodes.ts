import { assertNever } from '../../base/invariant'
import { nodeDefinitions } from '../../nodes'
import type { AnyNodeDefinition, PortSpec } from '../../nodes/defineNode'
import type { Setting, SettingsSpec, SettingValues } from '../../nodes/settings'
import { readSettings, startingValue } from '../../nodes/validate'
import type { Command } from '../command'

/** `unroll nodes`: every node type, from the same definitions as palette and forms. */
export const nodes: Command = {
  name: 'nodes',
  summary: 'every node type with its ports, settings and ranges',
  takesFile: false,
  options: {},
  async run(given, terminal) {
    const described = Object.values(nodeDefinitions).map(describe)
    if (given.json) terminal.out(JSON.stringify(described, null, 2))
    else terminal.out(described.map(print).join('\n\n'))
    return 0
  },
}

function describe(definition: AnyNodeDefinition) {
  const defaults: SettingValues<SettingsSpec> = readSettings(definition, {}).values
  const { inputs, outputs } = definition.ports(defaults, null)
  const { type, title, category, summary, help, synonyms } = definition
  const settings = Object.fromEntries(Object.entries(definition.settings).map(([key, one]) => [key, plain(one)]))
  return {
    type,
    title,
    category,
    summary,
    help,
    synonyms,
    inputs: inputs.map(port),
    outputs: outputs.map(port),
    /** Only of types that hold other nodes: the ports inside, for what they hold. */
    inside: definition.frame ? { enter: port(definition.frame.enter), leave: port(definition.frame.leave) } : null,
    settings,
  }
}

type Described = ReturnType<typeof describe>

function port({ name, label, kinds, required }: PortSpec) {
  return { name, label, kinds, required: required ?? true }
}

/** A setting without its function, which no file can hold. */
function plain({ visible: _, ...setting }: Setting) {
  return setting
}

function print(node: Described): string {
  const ports = (word: string, list: Described['inputs']) =>
    list.map(({ name, kinds }) => `  ${word} ${name}: ${kinds.join(' or ')}`)
  const settings = Object.entries(node.settings).map(([key, setting]) => `  ${key}: ${range(setting)}. ${setting.help}`)
  return [
    `${node.title} (${node.type}): ${node.summary}`,
    ...ports('in', node.inputs),
    ...ports('out', node.outputs),
    ...(node.inside ? ports('inside, out of', [node.inside.enter]) : []),
    ...(node.inside ? ports('inside, in to', [node.inside.leave]) : []),
    ...settings,
  ].join('\n')
}

function range(setting: ReturnType<typeof plain>): string {
  switch (setting.kind) {
    case 'integer':
      return `whole number ${setting.minimum} … ${setting.maximum}${setting.automatic ? ' or null (automatic)' : ''}, default ${startingValue(setting) ?? 'automatic'}`
    case 'number':
      return `number ${setting.minimum} … ${setting.maximum}, default ${setting.default}`
    case 'fraction':
      return `share 0 … ${setting.maximum}, default ${setting.default}`
    case 'choice':
      return `${setting.options.map(({ value }) => value).join(' | ')}, default ${setting.default}`
    case 'switch':
      return `true | false, default ${setting.default}`
    case 'text':
      return `text of at most ${setting.maximumLength} characters, default “${setting.default}”`
    default:
      return assertNever(setting)
  }
}
