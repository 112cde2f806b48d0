import type { DataSummary } from '../data/prepared'
import { applyEdits } from '../document/applyEdit'
import { freshNodeId } from '../document/create'
import type { Diagnostic, Fix } from '../document/diagnostic'
import type { Edit } from '../document/edits'
import type { Position } from '../document/layoutSchema'
import type { Model, UnrollDocument } from '../document/schema'
import type { Head } from '../ir/program'
import type { AnyNodeDefinition, PortShape, PortSpec } from '../nodes/defineNode'
import { nodeDefinitions } from '../nodes/index'
import { readSettings } from '../nodes/validate'
import { CARD, chainsTo, insertChain, newSettings, positionOf } from './adapters'
import { misfitOf } from './fit'
import { diagnose, type End, type ShapedNode } from './graph'

/** What each kind of output asks of the data, in words. */
const ASKS: Readonly<Record<Head['target'], string>> = {
  numbers: 'numbers to foretell',
  class: 'a class for each example',
  symbol: 'a next letter or word at every step',
  tag: 'a tag for every step',
  sequence: 'a sequence of its own for each example',
}

interface OutputsInput {
  document: UnrollDocument
  model: Model
  nodes: ReadonlyMap<string, ShapedNode>
  data: DataSummary | null
}

/** Is there an output, and do the data have what every output is measured on? */
export function checkOutputs(input: OutputsInput): Diagnostic[] {
  const { model, nodes, data } = input
  const heads = [...nodes.values()].filter(({ definition }) => definition.isHead)
  const suitable = data ? headFor(data) : null
  if (heads.length === 0) {
    const add = suitable ? `Add ${suitable.title} at its end.` : 'Add one of the outputs at its end.'
    return [
      diagnose(
        'error',
        'model.noOutput',
        { kind: 'model', model: model.id },
        `The model has no output, so nothing says what it should learn. ${add}`,
        suitable && data ? addHeadFix(input, suitable, data) : null,
      ),
    ]
  }
  if (!data) return []
  return heads
    .filter(({ definition }) => definition.target !== data.target.kind)
    .map((head) => wrongTarget(input, head, suitable, data))
}

/** The output that suits the data. */
function headFor(data: DataSummary): AnyNodeDefinition | null {
  return Object.values(nodeDefinitions).find(({ isHead, target }) => isHead && target === data.target.kind) ?? null
}

function wrongTarget(
  input: OutputsInput,
  head: ShapedNode,
  suitable: AnyNodeDefinition | null,
  data: DataSummary,
): Diagnostic {
  const { model, document, nodes } = input
  const asks = head.definition.target ? ASKS[head.definition.target] : 'something else'
  const sentence = `${head.title} needs ${asks}, but ${data.title} has ${ASKS[data.target.kind]}.`
  const place = { kind: 'node' as const, model: model.id, node: head.id }
  if (!suitable) return diagnose('error', 'output.target', place, `${sentence} Choose other data.`)
  const [source] = head.sources.values()
  const from = source && nodes.get(source.node)
  const start = from ? { node: from, port: source.port } : null
  const position = positionOf(document, model, head.id)
  const removal: Edit = { kind: 'deleteNodes', model: model.id, nodes: [head.id] }
  return diagnose('error', 'output.target', place, `${sentence} Use ${suitable.title} instead.`, {
    label: `Replace ${head.title} by ${suitable.title}`,
    edits: addHead(input, suitable, data, position, start, [removal]),
  })
}

function addHeadFix(input: OutputsInput, definition: AnyNodeDefinition, data: DataSummary): Fix {
  const { document, model, nodes } = input
  const end = lastLooseEnd(nodes)
  const from = end && positionOf(document, model, end.node.id)
  const position = from ? { x: from.x + 2 * (CARD.width + CARD.gap), y: from.y } : { x: 64, y: 128 }
  return { label: `Add ${definition.title}`, edits: addHead(input, definition, data, position, end, []) }
}

/** The output that nobody reads and that comes last: where the model ends so far. */
function lastLooseEnd(nodes: ReadonlyMap<string, ShapedNode>): { node: ShapedNode; port: string } | null {
  const loose = [...nodes.values()]
    .filter(({ parent }) => parent === null)
    .filter((node) => node.inputs.length === 0 || Object.keys(node.inputShapes).length > 0)
    .flatMap((node) =>
      node.outputs.filter(({ name }) => !node.consumers.has(name)).map(({ name }) => ({ node, port: name })),
    )
  return loose.at(-1) ?? null
}

/** `before`, then the new head, then whatever brings `start` to it. */
function addHead(
  { document, model }: OutputsInput,
  definition: AnyNodeDefinition,
  data: DataSummary,
  position: Position,
  start: { node: ShapedNode; port: string } | null,
  before: readonly Edit[],
): Edit[] {
  const node = freshNodeId(model, definition.type)
  const settings = newSettings(definition, false)
  const edits: Edit[] = [
    ...before,
    { kind: 'addNode', model: model.id, node, type: definition.type, settings, position },
  ]
  const spec = definition.ports(readSettings(definition, settings).values, data).inputs[0]
  const shape = start && spec ? shapeFor(start.node, start.port, spec) : null
  if (!start || !spec || !shape) return edits
  const chain = misfitOf(spec, shape) === null ? [] : chainsTo(shape, spec)[0]
  if (!chain) return edits
  const grown = applyEdits(document, edits)
  const grownModel = grown.models.find(({ id }) => id === model.id) ?? model
  const from: End = { node: start.node.id, port: start.port }
  return [...edits, ...insertChain(grown, grownModel, from, { node, port: spec.name }, chain)]
}

/** What the port will carry once the new input hangs on it: an automatic size follows what that input wants. */
function shapeFor(node: ShapedNode, port: string, spec: PortSpec): PortShape | null {
  const known = node.outputShapes?.[port]
  const follows = Object.entries(node.definition.settings).some(
    ([key, setting]) => setting.kind === 'integer' && setting.automatic === true && node.settings[key] === null,
  )
  if (!follows) return known ?? null
  const carried = known ?? Object.values(node.inputShapes)[0] ?? null
  if (!carried || carried.kind === 'tokens') return carried
  return { kind: carried.kind, features: spec.features?.count ?? carried.features }
}
