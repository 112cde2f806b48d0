import type { DataSummary } from '../data/prepared'
import type { Diagnostic } from '../document/diagnostic'
import type { Model, UnrollDocument } from '../document/schema'
import type { PortShape } from '../nodes/defineNode'
import { type CheckedGraph, checkGraph, findModel, noModel } from './check'
import { type Cost, countCosts } from './countCosts'
import { depthsOf, nestingOf } from './frames'
import { everythingFrozen, isFrozen } from './freeze'
import { hasError, type ShapedNode } from './graph'
import { nothingToLearn } from './nothingToLearn'
import { ownNode, titleOf } from './titles'
import { tooLarge } from './tooLarge'

export interface NodeAnalysis {
  /** As the user sees it. */
  title: string
  /** The card's one line. */
  description: string
  /** Shapes that are known, by port. */
  inputs: Record<string, PortShape>
  outputs: Record<string, PortShape>
  /** Of a frame: shapes at its ways in and out, inside, as its first copy has them; by port. Empty for other nodes. */
  inside: Record<string, PortShape>
  /** How many times its frames lay it out; 1 outside all frames. */
  copies: number
  /** Weights of this node in all copies; 0 while its shapes are unknown. Of a frame: with what it holds. */
  parameters: number
  /**
   * Floating point operations forward in all copies, for one example of the longest length; training costs about three times as
   * much. Of a frame: with what it holds.
   */
  flopsPerExample: number
}

export interface ModelAnalysis {
  /** Errors first; any error refuses training. */
  problems: Diagnostic[]
  nodes: Record<string, NodeAnalysis>
  /** Sums over the nodes that take part in training and lie in no frame. */
  parameters: number
  flopsPerExample: number
  /** What the analysis was made with. */
  data: DataSummary | null
}

/**
 * Everything that the window shows of a model while it is being built. Pure, and fast enough for every edit; a mistake of the user's
 * is a problem in the list, never an exception. `summary` null: the data are not read yet, so shapes are unknown.
 */
export function analyseModel(document: UnrollDocument, modelId: string, summary: DataSummary | null): ModelAnalysis {
  const model = findModel(document, modelId)
  if (!model) {
    return { problems: [noModel(document, modelId)], nodes: {}, parameters: 0, flopsPerExample: 0, data: summary }
  }
  const { value, problems } = checkGraph(document, model, summary)
  const costs = summary ? countCosts(value, summary) : new Map<string, Cost>()
  const depths = depthsOf(model, nestingOf(model))
  let parameters = 0
  let flopsPerExample = 0
  const nodes = Object.keys(model.nodes).map((id): [string, NodeAnalysis] => {
    const node = value.nodes.get(id)
    if (!node) return [id, describeBypassed(value, model, id) ?? placeholder(titleOf(model, id), typeOf(model, id))]
    const cost = costs.get(id) ?? { parameters: 0, flopsPerExample: 0 }
    if (node.used && node.parent === null) {
      parameters += cost.parameters
      flopsPerExample += cost.flopsPerExample
    }
    const description = node.definition.describe(node.settings, summary)
    // Every field by name: see readGraph.
    const analysis: NodeAnalysis = {
      title: node.title,
      description: cost.parameters > 0 && isFrozen(model, id) ? `${description}, frozen` : description,
      inputs: node.inputShapes,
      outputs: node.outputShapes ?? NO_SHAPES,
      inside: shapesInside(node),
      copies: depths.get(id)?.copies ?? 1,
      parameters: cost.parameters,
      flopsPerExample: cost.flopsPerExample,
    }
    return [id, analysis]
  })
  const weighty = nodes.filter(([id, { parameters }]) => {
    const node = value.nodes.get(id)
    return parameters > 0 && node?.used && !node.definition.frame
  })
  const frozen = everythingFrozen(
    model,
    weighty.map(([id]) => id),
  )
  const idle = parameters === 0 ? nothingToLearn(document, model, value.nodes) : frozen
  const refusal = summary && !hasError(problems) ? (idle ?? tooLarge(document, value, summary, parameters)) : null
  const found = refusal ? [refusal, ...problems] : problems
  return { problems: found, nodes: Object.fromEntries(nodes), parameters, flopsPerExample, data: summary }
}

const NO_SHAPES: Readonly<Record<string, PortShape>> = {}

function shapesInside({ definition: { frame }, copies: [first] }: ShapedNode): Record<string, PortShape> {
  if (!frame || !first) return NO_SHAPES
  return { [frame.enter.name]: first.enter, ...(first.leave ? { [frame.leave.name]: first.leave } : {}) }
}

/** What passes through a node that is no more than a piece of wire; null for any other. */
function describeBypassed({ nodes, bypass }: CheckedGraph, model: Model, id: string): NodeAnalysis | null {
  const title = titleOf(model, id)
  const nothing = { inputs: {}, outputs: {}, inside: {}, copies: 1, parameters: 0, flopsPerExample: 0 }
  const frame = bypass.leftOut.get(id)
  if (frame !== undefined) return { title, description: `Bypassed with ${titleOf(model, frame)}`, ...nothing }
  const passing = bypass.passing.get(id)
  if (!passing) return null
  const { input, output, source } = passing
  const giver = source && nodes.get(source.node)
  const isWayIn = giver !== null && giver?.definition.frame?.enter.name === source?.port
  const shape = giver && source && (isWayIn ? giver.copies[0]?.enter : giver.outputShapes?.[source.port])
  const shapes = shape ? { inputs: { [input.name]: shape }, outputs: { [output.name]: shape } } : {}
  const description = ownNode(model, id)?.bypassed ? 'Bypassed: passes on what comes in' : 'Passes on what comes in'
  return { title, description, ...nothing, ...shapes }
}

function typeOf(model: Model, id: string): string {
  return ownNode(model, id)?.type ?? ''
}

function placeholder(title: string, type: string): NodeAnalysis {
  const description = `unknown node type “${type}”`
  return { title, description, inputs: {}, outputs: {}, inside: {}, copies: 1, parameters: 0, flopsPerExample: 0 }
}
