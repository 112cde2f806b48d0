import { present } from '../base/invariant'
import type { DataSummary } from '../data/prepared'
import type { Diagnostic, Fix } from '../document/diagnostic'
import type { UnrollDocument } from '../document/schema'
import { AUTOMATIC_UNSETTLED, type PortShape, type PortSpec } from '../nodes/defineNode'
import { chainLabel, chainsTo, insertChain, widthGivesWay } from './adapters'
import { misfitOf, misfitSentence } from './fit'
import { diagnose, type Pass, type ReadGraph, type ReadNode, type ShapedNode, severityOf } from './graph'

/** Shapes of every node, as far as they can be told; `data` null: nothing read yet, so nothing can. */
export interface ShapeResult {
  nodes: ReadonlyMap<string, ShapedNode>
}

/**
 * Second pass: from the outputs back, how wide each automatic size must be; then from the data forwards, what every port carries.
 * A wire that does not fit is reported where it arrives; what hangs on a broken node stays unknown without a word, for one mistake
 * should give one sentence.
 */
export function inferShapes(document: UnrollDocument, graph: ReadGraph): Pass<ShapeResult> {
  const { data } = graph
  const problems: Diagnostic[] = []
  const nodes = new Map<string, ShapedNode>()
  if (data === null) {
    for (const [id, node] of graph.nodes) nodes.set(id, { ...node, inputShapes: {}, outputShapes: null })
    return { value: { nodes }, problems }
  }
  const wanted = wantedWidths(graph, data)
  for (const [id, node] of graph.nodes) {
    const inputShapes = readInputs(document, graph, data, node, nodes, problems)
    const complete = node.inputs.every(({ name, required }) => required === false || Object.hasOwn(inputShapes, name))
    const outputShapes = complete ? outputsOf(graph, data, node, inputShapes, wanted.get(id) ?? {}, problems) : null
    nodes.set(id, { ...node, inputShapes, outputShapes })
  }
  return { value: { nodes }, problems }
}

type Widths = Readonly<Record<string, number | null>>

/** What the consumers of each node's outputs want; where they disagree the first one is heard and the others complain. */
function wantedWidths(graph: ReadGraph, data: DataSummary): ReadonlyMap<string, Widths> {
  const ofOutputs = new Map<string, Widths>()
  const ofInputs = new Map<string, (port: string) => number | null>()
  for (const [id, node] of [...graph.nodes].reverse()) {
    const outputs = Object.fromEntries(
      node.outputs.map(({ name }) => {
        const wishes = (node.consumers.get(name) ?? []).map((end) => ofInputs.get(end.node)?.(end.port) ?? null)
        return [name, wishes.find((wish) => wish !== null) ?? null]
      }),
    )
    ofOutputs.set(id, outputs)
    const wants = node.definition.wants?.(node.settings, data, outputs)
    ofInputs.set(id, (port) => {
      const own = node.inputs.find(({ name }) => name === port)?.features?.count
      return own ?? wants?.[port] ?? null
    })
  }
  return ofOutputs
}

/** Shapes that arrive at the inputs and fit. */
function readInputs(
  document: UnrollDocument,
  graph: ReadGraph,
  data: DataSummary,
  node: ReadNode,
  done: ReadonlyMap<string, ShapedNode>,
  problems: Diagnostic[],
): Record<string, PortShape> {
  const shapes: [string, PortShape][] = []
  for (const spec of node.inputs) {
    const source = node.sources.get(spec.name)
    const from = source && done.get(source.node)
    const shape = source && from?.outputShapes?.[source.port]
    if (!source || !from || !shape) continue
    if (misfitOf(spec, shape) === null) shapes.push([spec.name, shape])
    else problems.push(misfitProblem(document, graph, data, { node, spec }, { node: from, port: source.port, shape }))
  }
  return Object.fromEntries(shapes)
}

function misfitProblem(
  document: UnrollDocument,
  { model }: ReadGraph,
  data: DataSummary,
  to: { node: ReadNode; spec: PortSpec },
  from: { node: ReadNode; port: string; shape: PortShape },
): Diagnostic {
  const kind = misfitOf(to.spec, from.shape)
  const sentence = misfitSentence(
    { title: to.node.title, spec: to.spec },
    { title: from.node.title, shape: from.shape },
    data,
  )
  const place = { kind: 'port', model: model.id, node: to.node.id, port: to.spec.name, side: 'input' } as const
  const code = kind === 'kind' ? 'shape.kind' : 'shape.features'
  const say = (advice: string, fix: Fix | null): Diagnostic =>
    diagnose(severityOf(to.node), code, place, `${sentence} ${advice}`, fix)

  const others = (from.node.consumers.get(from.port)?.length ?? 0) - 1
  const easier = kind === 'features' ? widthGivesWay(model, from.node, others) : null
  if (easier) return say(`${easier.label}.`, easier)
  const chain = chainsTo(from.shape, to.spec)[0]
  if (!chain) return say(`Connect another node to ${to.node.title}.`, null)
  const label = chainLabel(chain)
  const ends = [
    { node: from.node.id, port: from.port },
    { node: to.node.id, port: to.spec.name },
  ] as const
  return say(`${label} between them.`, { label, edits: insertChain(document, model, ...ends, chain) })
}

function hasOutput({ nodes }: ReadGraph, data: DataSummary): boolean {
  return [...nodes.values()].some(({ definition }) => definition.isHead && definition.target === data.target.kind)
}

/** Shapes that leave a node; null after it told of a problem of its own. */
function outputsOf(
  graph: ReadGraph,
  data: DataSummary,
  node: ReadNode,
  inputs: Record<string, PortShape>,
  wanted: Widths,
  problems: Diagnostic[],
): Record<string, PortShape> | null {
  let refused = false
  const shapes = node.definition.shapes({
    node: node.id,
    model: graph.model.id,
    title: node.title,
    settings: node.settings,
    inputs,
    data,
    wanted,
    problem({ code, message, setting, port, fix }) {
      refused = true
      // That a loose end leads nowhere, or that an output is missing, is said already; this only follows from it.
      if (!node.used || (code === AUTOMATIC_UNSETTLED && !hasOutput(graph, data))) return
      const at = { model: graph.model.id, node: node.id }
      const place =
        port === undefined
          ? { kind: 'node' as const, ...at, ...(setting === undefined ? {} : { setting }) }
          : { kind: 'port' as const, ...at, port, side: 'input' as const }
      problems.push(diagnose(severityOf(node), code, place, message, fix ?? null))
    },
  })
  if (refused || shapes === null) return null
  for (const { name } of node.outputs) present(shapes[name], `${node.definition.type} gives no shape for ${name}`)
  return { ...shapes }
}
