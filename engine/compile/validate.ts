import type { DataSummary } from '../data/prepared'
import { freshNodeId, freshWireId } from '../document/create'
import type { Diagnostic, Fix } from '../document/diagnostic'
import type { Edit } from '../document/edits'
import type { Model, UnrollDocument } from '../document/schema'
import type { AnyNodeDefinition, PortShape, PortSpec } from '../nodes/defineNode'
import { nodeDefinitions } from '../nodes/index'
import { readSettings } from '../nodes/validate'
import { needsPhrase } from '../nodes/words'
import { CARD, type Chain, chainLabel, chainsTo, insertChain, newSettings, positionOf } from './adapters'
import { checkFrames } from './checkFrames'
import { misfitOf } from './fit'
import { diagnose, type End, endTitle, inputKey, type ShapedNode, type Walls } from './graph'
import { checkOutputs } from './outputs'
import { ancestors } from './reach'

export interface ValidateInput {
  document: UnrollDocument
  model: Model
  nodes: ReadonlyMap<string, ShapedNode>
  walls: Walls
  data: DataSummary | null
}

/** Third pass: is everything there that training needs: one data set, a wire on every input, an output that suits the data? */
export function validate(input: ValidateInput): Diagnostic[] {
  return [
    ...checkSingles(input),
    ...checkFrames(input),
    ...checkInputs(input),
    ...checkOutputs(input),
    ...checkLookingAhead(input),
    ...checkUnused(input),
  ]
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
  const positions = outermostIds(nodes).map((id) => positionOf(document, model, id))
  const left = positions.reduce(
    (least, place) => (place.x < least.x ? place : least),
    positions[0] ?? { x: 224, y: 128 },
  )
  const node = freshNodeId(model, definition.type)
  const position = { x: left.x - CARD.width - CARD.gap, y: left.y }
  const edits: Edit[] = [{ kind: 'addNode', model: model.id, node, type: definition.type, settings, position }]
  const output = definition.ports(readSettings(definition, settings).values, data).outputs[0]
  const waiting = openInputs(nodes)
    .filter(({ level }) => level === null)
    .filter(({ spec }) => output?.kinds.some((kind) => spec.kinds.includes(kind)))
  const [only] = waiting
  if (output && only && waiting.length === 1) {
    const to = { node: only.node.id, port: only.spec.name }
    edits.push({ kind: 'connect', model: model.id, wire: freshWireId(model), from: { node, port: output.name }, to })
  }
  return edits
}

function outermostIds(nodes: ReadonlyMap<string, ShapedNode>): string[] {
  return [...nodes.values()].filter(({ parent }) => parent === null).map(({ id }) => id)
}

/** An input that nothing is connected to, and the frame whose inside its wire would run in. */
interface OpenInput {
  node: ShapedNode
  spec: PortSpec
  level: string | null
}

/** The ways out of frames among them, but for frames that hold nothing. */
function openInputs(nodes: ReadonlyMap<string, ShapedNode>): OpenInput[] {
  const holders = new Set([...nodes.values()].map(({ parent }) => parent))
  return [...nodes.values()].flatMap((node) => {
    const { frame } = node.definition
    const own = node.inputs.map((spec): OpenInput => ({ node, spec, level: node.parent }))
    const all = frame && holders.has(node.id) ? [...own, { node, spec: frame.leave, level: node.id }] : own
    return all.filter(({ spec: { name, required } }) => required !== false && !node.sources.has(name))
  })
}

/** Inputs that nothing is connected to. Of nodes that take no part this is told once, by checkUnused. */
function checkInputs({ document, model, nodes, walls }: ValidateInput): Diagnostic[] {
  return openInputs(nodes)
    .filter(({ node, spec }) => node.used && !walls.inputs.has(inputKey(node.id, spec.name)))
    .map((open) => {
      const { node, spec } = open
      const which = node.inputs.length > 1 && spec.name !== node.definition.frame?.leave.name ? ` (${spec.label})` : ''
      return diagnose(
        'error',
        'input.missing',
        { kind: 'port', model: model.id, node: node.id, port: spec.name, side: 'input' },
        `Nothing is connected to ${endTitle(node, spec.name)}${which}. Connect ${needsPhrase(spec.kinds)} to it.`,
        connectionFix(document, model, nodes, open),
      )
    })
}

interface Candidate {
  node: ShapedNode
  port: string
  shape: PortShape
  chain: Chain | null
}

/** The one connection that suggests itself: from the only output that fits, rather one that nobody reads yet. */
function connectionFix(
  document: UnrollDocument,
  model: Model,
  nodes: ReadonlyMap<string, ShapedNode>,
  { node: to, spec, level }: OpenInput,
): Fix | null {
  const candidate = (node: ShapedNode, port: string, shape: PortShape): Candidate => ({
    node,
    port,
    shape,
    chain: misfitOf(spec, shape) === null ? [] : (chainsTo(shape, spec)[0] ?? null),
  })
  const holder = level === null ? undefined : nodes.get(level)
  const entering = holder?.definition.frame && holder.copies[0]?.enter
  const candidates = [
    // Straight to the way out it would pass by everything.
    ...(holder?.definition.frame && entering && to !== holder
      ? [candidate(holder, holder.definition.frame.enter.name, entering)]
      : []),
    ...[...nodes.values()]
      .filter((node) => node.parent === level && node.id !== to.id && !ancestors(model, node.id).has(to.id))
      .flatMap((node) => Object.entries(node.outputShapes ?? {}).map(([port, shape]) => candidate(node, port, shape))),
  ]
  const loose = candidates.filter(({ node, port }) => (node.consumers.get(port)?.length ?? 0) === 0)
  const fits = ({ chain }: Candidate): boolean => chain?.length === 0
  const choices = [loose.filter(fits), candidates.filter(fits), loose].find((list) => list.length > 0) ?? []
  const [only] = choices
  if (!only?.chain || choices.length > 1) return null
  const ends: [End, End] = [
    { node: only.node.id, port: only.port },
    { node: to.id, port: spec.name },
  ]
  const [source, target] = [endTitle(only.node, only.port), endTitle(to, spec.name)]
  const label = only.chain.length === 0 ? `Connect ${source} to ${target}` : chainLabel(only.chain)
  return { label, edits: insertChain(document, model, ...ends, only.chain) }
}

/**
 * Where the next symbol is to be foretold, nothing that sums up the whole text may come in at its beginning: a memory to start with is
 * the one way there, for outputs take sequences.
 */
function checkLookingAhead({ model, nodes, data }: ValidateInput): Diagnostic[] {
  if (data?.target.kind !== 'symbol') return []
  const { unit } = data.target
  return [...nodes.values()]
    .filter(({ used, outputs }) => used && outputs.some(({ kinds }) => kinds.includes('sequence')))
    .flatMap((node) =>
      node.inputs.flatMap(({ name, required }) => {
        const wire = node.sources.get(name)?.wire
        if (required !== false || wire === undefined || node.inputShapes[name]?.kind !== 'vector') return []
        const fix = {
          label: 'Delete the wire',
          edits: [{ kind: 'deleteWires' as const, model: model.id, wires: [wire] }],
        }
        const place = { kind: 'port', model: model.id, node: node.id, port: name, side: 'input' } as const
        const message = `What ${node.title} begins with sums up the whole text, so the model could read off the next ${unit} instead of learning to foretell it. Delete the wire to its ${name}.`
        return [diagnose('error', 'state.seesAhead', place, message, fix)]
      }),
    )
}

/** Ends of branches that no output needs: allowed, but worth a word. */
function checkUnused({ model, nodes, walls }: ValidateInput): Diagnostic[] {
  return [...nodes.values()]
    .filter((node) => !node.used && leadsNowhere(node) && node.definition.count !== 'exactlyOne')
    .filter((node) => !walls.frames.has(node.id) && !isInFrameWithoutWayOut(nodes, node))
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

/** Does nothing outside read the node? That what it holds reads it does not count. */
function leadsNowhere({ consumers, definition }: ShapedNode): boolean {
  return [...consumers.keys()].every((port) => port === definition.frame?.enter.name)
}

/** That nothing is wired to the way out, or that the frame itself leads nowhere, is told of the frame. */
function isInFrameWithoutWayOut(nodes: ReadonlyMap<string, ShapedNode>, { parent }: ShapedNode): boolean {
  const holder = parent === null ? undefined : nodes.get(parent)
  const way = holder?.definition.frame?.leave.name
  return holder !== undefined && way !== undefined && (!holder.used || !holder.sources.has(way))
}
