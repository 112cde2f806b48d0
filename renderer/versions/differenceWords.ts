import type {
  ContentDifference,
  FieldChange,
  ModelDifference,
  NodeDifference,
} from '../../engine/document/compareContents'
import type { DataDefinition } from '../../engine/document/dataSchema'
import type { DocumentContent, GraphNode, Model, Wire } from '../../engine/document/schema'
import { definitionOf } from '../../engine/nodes/index'
import { readSetting, startingValue } from '../../engine/nodes/validate'
import { dataFields } from '../data/dataFields'
import { formatSetting } from '../inspector/settingWords'
import { trainingFields, trainingLabels } from '../inspector/trainingFields'
import { titleOf } from '../nodes/nodeFacts'

/** One sentence of a comparison. `node` is there now, in the model `model`, and can be shown. */
export interface DifferenceLine {
  sign: 'added' | 'removed' | 'changed'
  text: string
  model?: string
  node?: string
}

export interface DifferenceGroup {
  title: string
  lines: readonly DifferenceLine[]
}

/** What happened between two states of a document, in the words of the window. */
export function differenceWords(
  difference: ContentDifference,
  before: DocumentContent,
  after: DocumentContent,
): DifferenceGroup[] {
  const { name, data, training, models, reordered } = difference
  const general: DifferenceLine[] = []
  if (name) general.push(changed(`The document’s name: ${name.before} → ${name.after}`))
  for (const one of models) {
    if (one.kind === 'added') general.push({ sign: 'added', text: `Model ${one.model.name}`, model: one.model.id })
    if (one.kind === 'removed') general.push({ sign: 'removed', text: `Model ${one.model.name}` })
  }
  if (reordered) general.push(changed('The models stand in another order'))
  const groups: DifferenceGroup[] = [
    { title: 'Document', lines: general },
    ...models.flatMap((one) => (one.kind === 'changed' ? [modelWords(one)] : [])),
    { title: 'Data', lines: dataLines(data, before.data, after.data) },
    { title: 'Training', lines: training.map((change) => changed(trainingWords(change))) },
  ]
  return groups.filter(({ lines }) => lines.length > 0)
}

/** "3 nodes added, 1 setting changed": the whole comparison in one line. */
export function differenceSummary(groups: readonly DifferenceGroup[]): string {
  const lines = groups.flatMap((group) => group.lines)
  if (lines.length === 0) return 'Nothing has changed since.'
  const count = (sign: DifferenceLine['sign']) => lines.filter((line) => line.sign === sign).length
  const words = (['added', 'removed', 'changed'] as const).flatMap((sign) =>
    count(sign) > 0 ? [`${count(sign)} ${sign}`] : [],
  )
  return `Since then: ${words.join(', ')}.`
}

const changed = (text: string): DifferenceLine => ({ sign: 'changed', text })

function modelWords(difference: Extract<ModelDifference, { kind: 'changed' }>): DifferenceGroup {
  const { before, after, nodes, wires, moved, marks } = difference
  const model = after.id
  const lines: DifferenceLine[] = []
  if (before.name !== after.name) lines.push(changed(`The model’s name: ${before.name} → ${after.name}`))
  for (const node of nodes) lines.push(...nodeLines(node, before, after))
  for (const { kind, wire } of wires) {
    // Wires of nodes that came or went go without saying.
    const other = kind === 'added' ? before : after
    if (!Object.hasOwn(other.nodes, wire.from.node) || !Object.hasOwn(other.nodes, wire.to.node)) continue
    lines.push({ sign: kind, text: `Wire ${wireWords(wire, kind === 'added' ? after : before)}` })
  }
  const still = moved.filter((id) => !nodes.some((node) => node.id === id))
  if (still.length > 0) {
    lines.push(changed(still.length === 1 ? 'One card stands elsewhere' : `${still.length} cards stand elsewhere`))
  }
  if (marks) lines.push(changed('Groups or notes on the canvas'))
  return { title: after.name, lines: lines.map((line) => ({ ...line, model })) }
}

function nodeLines(difference: NodeDifference, before: Model, after: Model): DifferenceLine[] {
  const { id } = difference
  if (difference.kind !== 'changed') {
    const { kind, node } = difference
    return [{ sign: kind, text: nodeName(node), ...(kind === 'added' ? { node: id } : {}) }]
  }
  const node = difference.after
  const name = nodeName(node)
  const line = (text: string): DifferenceLine => ({ sign: 'changed', text, node: id })
  const lines: DifferenceLine[] = []
  if (difference.renamed) lines.push(line(`${nodeName(difference.before)} is called ${name}`))
  for (const change of difference.settings) lines.push(line(`${name}: ${settingWords(node, change)}`))
  if (difference.reframed) lines.push(line(reframedWords(difference.before, node, before, after)))
  if (difference.frozen) lines.push(line(node.frozen ? `${name} is frozen` : `${name} learns again`))
  if (difference.bypassed) lines.push(line(node.bypassed ? `${name} is bypassed` : `${name} takes part again`))
  return lines
}

function reframedWords(old: GraphNode, node: GraphNode, before: Model, after: Model): string {
  const name = nodeName(node)
  const inner = node.parent === undefined ? undefined : after.nodes[node.parent]
  if (inner) return `${name} was put into ${nodeName(inner)}`
  const outer = old.parent === undefined ? undefined : before.nodes[old.parent]
  return `${name} was taken out of ${outer ? nodeName(outer) : 'its frame'}`
}

/** "LSTM", or with a name of its own "Memory (LSTM)". */
function nodeName(node: GraphNode): string {
  const type = definitionOf(node.type)?.title ?? node.type
  const title = titleOf(node)
  return title === type ? title : `${title} (${type})`
}

function wireWords({ from, to }: Wire, model: Model): string {
  const title = (id: string): string => {
    const node = model.nodes[id]
    return node ? titleOf(node) : id
  }
  return `${title(from.node)} → ${title(to.node)}`
}

/** "Memory cells 64 → 128"; an absent setting is the definition's default. */
function settingWords(node: GraphNode, { path, before, after }: FieldChange): string {
  const key = path[0] ?? ''
  const settings = definitionOf(node.type)?.settings
  const setting = settings && Object.hasOwn(settings, key) ? settings[key] : undefined
  if (!setting) return `${key} ${plain(before)} → ${plain(after)}`
  const words = (given: unknown): string =>
    formatSetting(setting, given === undefined ? startingValue(setting) : readSetting(setting, given).value)
  return `${setting.label} ${words(before)} → ${words(after)}`
}

function trainingWords({ path, before, after }: FieldChange): string {
  const key = path[0] ?? ''
  const label = trainingLabels.get(key) ?? humanise(key)
  if (path[0] === 'schedule')
    return path.length === 1 || path[1] === 'kind' ? label : `${label}: ${arrow(path, before, after)}`
  const setting = Object.entries(trainingFields).find(([name]) => name === key)?.[1]
  if (!setting) return `${label} ${plain(before)} → ${plain(after)}`
  const words = (given: unknown): string => formatSetting(setting, readSetting(setting, given ?? setting.default).value)
  return `${label} ${words(before)} → ${words(after)}`
}

function arrow(path: readonly string[], before: unknown, after: unknown): string {
  return `${humanise(path.at(-1) ?? '')} ${plain(before)} → ${plain(after)}`
}

function dataLines(changes: readonly FieldChange[], before: DataDefinition, after: DataDefinition): DifferenceLine[] {
  if (before.kind !== after.kind) return [changed('Another kind of data')]
  const said = new Set<string>()
  return changes.flatMap((change): DifferenceLine[] => {
    const text = dataWords(change, after)
    if (said.has(text)) return []
    said.add(text)
    return [changed(text)]
  })
}

function dataWords({ path, before, after }: FieldChange, data: DataDefinition): string {
  const [key = '', inner] = path
  const setting = dataFields(data).find((field) => field.key === key)?.setting
  if (setting && path.length === 1) {
    const words = (given: unknown): string =>
      formatSetting(setting, readSetting(setting, given ?? setting.default).value)
    return `${setting.label} ${words(before)} → ${words(after)}`
  }
  switch (key) {
    case 'split':
      return `Share for ${inner === 'validation' ? 'checking' : 'training'} ${share(before)} → ${share(after)}`
    case 'source':
      return inner === 'kind' ? 'Another source' : `File ${plain(before)} → ${plain(after)}`
    case 'format':
      return 'How the table is read'
    default:
      return `${humanise(key)} ${plain(before)} → ${plain(after)}`
  }
}

function share(value: unknown): string {
  return typeof value === 'number' ? `${Math.round(value * 100)}\u00a0%` : plain(value)
}

/** A value that no definition describes. */
function plain(value: unknown): string {
  if (value === null) return 'automatic'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return value.length > 40 ? `“${value.slice(0, 39)}…”` : value || '–'
  if (Array.isArray(value)) return listWords(value)
  return value === undefined ? '–' : '…'
}

function listWords(list: readonly unknown[]): string {
  const shown = list.slice(0, 4).map((item) => (typeof item === 'object' ? '…' : String(item)))
  return list.length === 0 ? 'none' : `${shown.join(', ')}${list.length > shown.length ? ' …' : ''}`
}

function humanise(key: string): string {
  const words = key.replace(/([a-z])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
