import { present } from '../base/invariant'
import type { DataSummary } from '../data/prepared'
import { ProgramBuilder } from '../ir/builder'
import { elementCount } from '../ir/shape'
import { ops } from '../ops/index'
import type { CheckedGraph } from './check'
import { type CopyPath, weightName } from './copies'
import { instructionFlops } from './cost'
import type { ShapedNode } from './graph'
import { lowerNode, valueType } from './lowerNode'

export interface Cost {
  /** Weights; those that copies share count once. */
  parameters: number
  /** Floating point operations forward, for one example of the longest length. */
  flopsPerExample: number
}

/** What lowering a node by itself makes. */
interface Made {
  weights: readonly { name: string; size: number }[]
  flops: number
}

/**
 * What each node costs in all its copies; a frame with what it holds, as far as that takes part in training. Each node is lowered all
 * by itself, once for each shape that it has in some copy.
 */
export function countCosts({ graph, nodes }: CheckedGraph, data: DataSummary): Map<string, Cost> {
  const costs = new Map<string, Cost>()
  const made = madeFor(data)
  const counted = new Set<string>()
  const makeAlone = (node: ShapedNode): Made => {
    const last = lastMade.get(node.settings)
    if (last && last.data === data && isPlain(node) && isAskedAlike(last, node)) return last.made
    const key = lowerKey(node)
    const known = made.get(key) ?? lowerAlone(node, data)
    made.set(key, known)
    const { inputShapes, outputShapes, read } = node
    if (isPlain(node)) lastMade.set(node.settings, { data, inputShapes, outputShapes, read, made: known })
    return known
  }
  const count = (node: ShapedNode, path: CopyPath): Cost => {
    const { weights, flops } = makeAlone(node)
    const cost = { parameters: 0, flopsPerExample: flops }
    for (const { name, size } of weights) {
      const key = `${node.id}.${weightName(name, path)}`
      if (!counted.has(key)) cost.parameters += size
      counted.add(key)
    }
    const among = node.definition.frame?.copies(node.settings) ?? []
    for (const [index, content] of node.copies.entries()) {
      const copy = present(among[index], `${node.id} has no copy ${index}`)
      for (const inner of content.nodes.values()) {
        const more = count(inner, [...path, { copy, among }])
        if (!inner.used) continue
        cost.parameters += more.parameters
        cost.flopsPerExample += more.flopsPerExample
      }
    }
    const before = costs.get(node.id)
    costs.set(node.id, {
      parameters: cost.parameters + (before?.parameters ?? 0),
      flopsPerExample: cost.flopsPerExample + (before?.flopsPerExample ?? 0),
    })
    return cost
  }
  for (const { id } of graph.levels.get(null) ?? []) count(present(nodes.get(id), `${id} was not shaped`), [])
  return costs
}

/** More ways of lowering than a model has nodes by far; then it is begun anew. */
const MOST = 10_000

/**
 * What was made for these data. Nearly every node of a model is as it was at the last edit, and many are alike: lowering them all was a
 * third of what an edit cost.
 */
const remembered = new WeakMap<DataSummary, Map<string, Made>>()

function madeFor(data: DataSummary): Map<string, Made> {
  const known = remembered.get(data)
  if (known && known.size < MOST) return known
  const made = new Map<string, Made>()
  remembered.set(data, made)
  return made
}

/** What was made last for a node, by its settings, which are one object as long as the node is: to be found without writing a key. */
const lastMade = new WeakMap<ShapedNode['settings'], Asked & { data: DataSummary; made: Made }>()

type Asked = Pick<ShapedNode, 'inputShapes' | 'outputShapes' | 'read'>

/** Does what is made of the node depend on it alone? */
function isPlain({ lent, copies }: ShapedNode): boolean {
  return lent.length === 0 && copies.length === 0
}

/** Shapes that hold the same are the same objects (see keepShapes). */
function isAskedAlike(a: Asked, b: Asked): boolean {
  if (a.inputShapes !== b.inputShapes || a.outputShapes !== b.outputShapes || a.read.size !== b.read.size) return false
  return [...a.read].every((port) => b.read.has(port))
}

/** Everything that lowering a node by itself depends on, besides the data. */
function lowerKey({ definition, settings, inputShapes, outputShapes, read, lent, copies }: ShapedNode): string {
  const contents = copies.map(({ leave }) => leave)
  return JSON.stringify([definition.type, settings, inputShapes, outputShapes, [...read], lent, contents])
}

/** On inputs of the right shapes; what a frame holds is left out. */
function lowerAlone(node: ShapedNode, data: DataSummary): Made {
  const targetFits = !node.definition.isHead || node.definition.target === data.target.kind
  if (node.outputShapes === null || !targetFits) return { weights: [], flops: 0 }
  const builder = new ProgramBuilder(ops)
  const inputs = Object.entries(node.inputShapes).map(
    ([port, shape]) => [port, builder.input(port, valueType(shape))] as const,
  )
  const laying = { builder, data, mode: 'predict', weights: new Map() } as const
  lowerNode(laying, node, Object.fromEntries(inputs), [], (copy) => {
    const leave = present(node.copies[copy]?.leave, `copy ${copy} of ${node.id} has no shape`)
    return builder.input('content', valueType(leave))
  })
  const { values, parameters, instructions } = builder.contents()
  const sizes = { rows: 1, steps: data.maximumSteps }
  return {
    weights: parameters.map(({ name, dims }) => ({ name, size: elementCount(dims) })),
    flops: instructions.reduce((sum, one) => sum + instructionFlops({ values }, one, sizes), 0),
  }
}
