import type { DataSummary } from '../data/prepared'
import { freshNodeId, freshWireId } from '../document/create'
import type { Diagnostic, Fix } from '../document/diagnostic'
import type { Edit } from '../document/edits'
import type { Model, UnrollDocument } from '../document/schema'
import type { AnyNodeDefinition, PortSpec } from '../nodes/defineNode'
import { nodeDefinitions } from '../nodes/index'
import { readSettings } from '../nodes/validate'
import { needsPhrase } from '../nodes/words'
import { CARD, chainLabel, chainsTo, insertChain, newSettings, positionOf } from './adapters'
import { misfitOf } from './fit'
import { diagnose, type End, type ShapedNode } from './graph'
import { checkOutputs } from './outputs'
import { ancestors } from './reach'

export interface ValidateInput {
  document: UnrollDocument
  model: Model
  nodes: ReadonlyMap<string, ShapedNode>
  data: DataSummary | null
}

/** Third pass: is everything there that training needs: one data set, a wire on every input, an output that suits the data? */
export function validate(input: ValidateInput): Diagnostic[] {
  return [...checkSingles(input), ...checkInputs(input), ...checkOutputs(input), ...checkUnused(input)]
}

/** Types that a model must have exactly once (the data set). */
function checkSingles({ document, model, nodes, data }: ValidateInput): Diagnostic[] {
  const problems: Diagnostic[] = []
  for (const definition of Object.values(nodeDefinitions)) {
    if (definition.count !== 'exactlyOne') continue
    const [first, ...more] = [...nodes.values()].filter((node) => node.definition === definition)
    if (!first) {
      const message = `The model has no ${definition.title}, so it has nothing to learn from. Add one and connect it.`
      const place = { kind: 'model' as const, model: model.id }
      const fix = { label: `Add ${definition.title}`, edits: addFirst(document, model, nodes, definition, data) }
      problems.push(diagnose('error', 'model.noData', place, message, fix))
    }
    for (const node of more) {
      // Rather the one that nothing reads.
      const spare = first && first.consumers.size === 0 && node.consumers.size > 0 ? first : node
      problems.push(
        diagnose(
          'error',
          'model.twoData',
          { kind: 'node', model: model.id, node: spare.id },
          `The model has more than one ${definition.title}, but it can read only one. Delete one of them.`,
          { label: `Delete ${spare.title}`, edits: [{ kind: 'deleteNodes', model: model.id, nodes: [spare.id] }] },
        ),
      )
      if (spare !== node) break
    }
  }
  return problems
}

/** Adds the node left of all others and, where only one input waits for what it gives, connects it. */
function addFirst(
  document: UnrollDocument,
  model: Model,
  nodes: ReadonlyMap<string, ShapedNode>,
  definition: AnyNodeDefinition,
  data: DataSummary | null,
): Edit[] {
  const settings = newSettings(definition, false)
  const positions = [...nodes.keys()].map((id) => positionOf(document, model, id))
  const left = positions.reduce(
    (least, place) => (place.x < least.x ? place : least),
    positions[0] ?? { x: 224, y: 128 },
  )
  const node = freshNodeId(model, definition.type)
  const position = { x: left.x - CARD.width - CARD.gap, y: left.y }
  const edits: Edit[] = [{ kind: 'addNode', model: model.id, node, type: definition.type, settings, position }]
  const output = definition.ports(readSettings(definition, settings).values, data).outputs[0]
  const waiting = openInputs(nodes).filter(({ spec }) => output?.kinds.some((kind) => spec.kinds.includes(kind)))
  const [only] = waiting
  if (output && only && waiting.length === 1) {
    const to = { node: only.node.id, port: only.spec.name }
    edits.push({ kind: 'connect', model: model.id, wire: freshWireId(model), from: { node, port: output.name }, to })
  }
  return edits
}

function openInputs(nodes: ReadonlyMap<string, ShapedNode>): { node: ShapedNode; spec: PortSpec }[] {
  return [...nodes.values()].flatMap((node) =>
    node.inputs
      .filter(({ name, required }) => required !== false && !node.sources.has(name))
      .map((spec) => ({ node, spec })),
  )
}

/** Inputs that nothing is connected to. Of nodes that take no part this is told once, by checkUnused. */
function checkInputs({ document, model, nodes }: ValidateInput): Diagnostic[] {
  return openInputs(nodes)
    .filter(({ node }) => node.used)
    .map(({ node, spec }) => {
      const which = node.inputs.length > 1 ? ` (${spec.label})` : ''
      return diagnose(
        'error',
        'input.missing',
        { kind: 'port', model: model.id, node: node.id, port: spec.name, side: 'input' },
        `Nothing is connected to ${node.title}${which}. Connect ${needsPhrase(spec.kinds)} to it.`,
        connectionFix(document, model, nodes, node, spec),
      )
    })
}

/** The one connection that suggests itself: from the only output that fits, rather one that nobody reads yet. */
function connectionFix(
  document: UnrollDocument,
  model: Model,
  nodes: ReadonlyMap<string, ShapedNode>,
  to: ShapedNode,
  spec: PortSpec,
): Fix | null {
  const candidates = [...nodes.values()]
    .filter((node) => node.id !== to.id && !ancestors(model, node.id).has(to.id))
    .flatMap((node) =>
      Object.entries(node.outputShapes ?? {}).map(([port, shape]) => ({
        node,
        port,
        shape,
        chain: misfitOf(spec, shape) === null ? [] : (chainsTo(shape, spec)[0] ?? null),
      })),
    )
  const loose = candidates.filter(({ node, port }) => (node.consumers.get(port)?.length ?? 0) === 0)
  const fits = ({ chain }: (typeof candidates)[number]): boolean => chain?.length === 0
  const choices = [loose.filter(fits), candidates.filter(fits), loose].find((list) => list.length > 0) ?? []
  const [only] = choices
  if (!only?.chain || choices.length > 1) return null
  const ends: [End, End] = [
    { node: only.node.id, port: only.port },
    { node: to.id, port: spec.name },
  ]
  const label = only.chain.length === 0 ? `Connect ${only.node.title} to ${to.title}` : chainLabel(only.chain)
  return { label, edits: insertChain(document, model, ...ends, only.chain) }
}

/** Ends of branches that no output needs: allowed, but worth a word. */
function checkUnused({ model, nodes }: ValidateInput): Diagnostic[] {
  return [...nodes.values()]
    .filter((node) => !node.used && node.consumers.size === 0 && node.definition.count !== 'exactlyOne')
    .map((node) =>
      diagnose(
        'warning',
        'node.unused',
        { kind: 'node', model: model.id, node: node.id },
        `${node.title} leads to no output, so it takes no part in training. Connect it onwards, or delete it.`,
        { label: `Delete ${node.title}`, edits: [{ kind: 'deleteNodes', model: model.id, nodes: [node.id] }] },
      ),
    )
}
