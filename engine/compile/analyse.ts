import type { DataSummary } from '../data/prepared'
import type { Diagnostic } from '../document/diagnostic'
import type { UnrollDocument } from '../document/schema'
import { ProgramBuilder } from '../ir/builder'
import type { PortShape } from '../nodes/defineNode'
import { ops } from '../ops/index'
import { checkGraph, findModel, noModel, nothingToLearn } from './check'
import { instructionFlops, parameterCount } from './cost'
import { everythingFrozen, isFrozen } from './freeze'
import { hasError, type ShapedNode } from './graph'
import { lowerNode, valueType } from './lowerNode'
import { ownNode, titleOf } from './read'

export interface NodeAnalysis {
  /** As the user sees it. */
  title: string
  /** The card's one line. */
  description: string
  /** Shapes that are known, by port. */
  inputs: Record<string, PortShape>
  outputs: Record<string, PortShape>
  /** Weights of this node; 0 while its shapes are unknown. */
  parameters: number
  /** Floating point operations forward, for one example of the longest length; training costs about three times as much. */
  flopsPerExample: number
}

export interface ModelAnalysis {
  /** Errors first; any error refuses training. */
  problems: Diagnostic[]
  nodes: Record<string, NodeAnalysis>
  /** Sums over the nodes that take part in training. */
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
  let parameters = 0
  let flopsPerExample = 0
  const nodes = Object.keys(model.nodes).map((id): [string, NodeAnalysis] => {
    const node = value.nodes.get(id)
    if (!node) return [id, placeholder(titleOf(model, id), ownNode(model, id)?.type ?? '')]
    const analysis = analyseNode(node, summary)
    if (analysis.parameters > 0 && isFrozen(model, id)) analysis.description += ', frozen'
    if (node.used) {
      parameters += analysis.parameters
      flopsPerExample += analysis.flopsPerExample
    }
    return [id, analysis]
  })
  const weighty = nodes.filter(([id, { parameters }]) => parameters > 0 && value.nodes.get(id)?.used)
  const frozen = everythingFrozen(
    model,
    weighty.map(([id]) => id),
  )
  const idle = parameters === 0 ? nothingToLearn(model) : frozen
  const found = summary && idle && !hasError(problems) ? [idle, ...problems] : problems
  return { problems: found, nodes: Object.fromEntries(nodes), parameters, flopsPerExample, data: summary }
}

function analyseNode(node: ShapedNode, data: DataSummary | null): NodeAnalysis {
  return {
    title: node.title,
    description: node.definition.describe(node.settings, data),
    inputs: { ...node.inputShapes },
    outputs: { ...node.outputShapes },
    ...(data ? costOf(node, data) : { parameters: 0, flopsPerExample: 0 }),
  }
}

function placeholder(title: string, type: string): NodeAnalysis {
  const description = `unknown node type “${type}”`
  return { title, description, inputs: {}, outputs: {}, parameters: 0, flopsPerExample: 0 }
}

/** Lowers the node all by itself, on inputs of the right shapes, and counts what comes out. */
function costOf(node: ShapedNode, data: DataSummary): { parameters: number; flopsPerExample: number } {
  const targetFits = !node.definition.isHead || node.definition.target === data.target.kind
  if (node.outputShapes === null || !targetFits) return { parameters: 0, flopsPerExample: 0 }
  const builder = new ProgramBuilder(ops)
  const inputs = Object.entries(node.inputShapes).map(
    ([port, shape]) => [port, builder.input(port, valueType(shape))] as const,
  )
  lowerNode(builder, node, Object.fromEntries(inputs), data, 'predict')
  const made = builder.contents()
  const sizes = { rows: 1, steps: data.maximumSteps }
  return {
    parameters: parameterCount(made),
    flopsPerExample: made.instructions.reduce((sum, one) => sum + instructionFlops(made, one, sizes), 0),
  }
}
