import { invariant, present } from '../base/invariant'
import { ProgramBuilder } from '../ir/builder'
import type { Program, ValueId } from '../ir/program'
import { ops } from '../ops/index'
import type { CopyPath } from './copies'
import type { End, ShapedGraph, ShapedNode } from './graph'
import { type Laying, lowerNode, type Mode, type Weights } from './lowerNode'

/**
 * Fourth pass: the nodes that an output needs become instructions, in graph order, what frames hold once for each copy; the losses of
 * all outputs are added up. Training and prediction have the same parameters in the same order; prediction has no probes.
 */
export function lower(graph: ShapedGraph, mode: Mode): Program {
  const builder = new ProgramBuilder(ops)
  builder.headCount = [...graph.nodes.values()].filter(({ used, definition }) => used && definition.isHead).length
  const weights: Weights = new Map()
  lowerLevel({ builder, data: graph.data, mode, weights }, graph.nodes, [], () => undefined)
  const program = builder.finish(addLosses(builder))
  return mode === 'train' ? program : { ...program, probes: [] }
}

/** Nodes of one level, in order. Returns where to find the value at each end. */
function lowerLevel(
  laying: Laying,
  nodes: ReadonlyMap<string, ShapedNode>,
  path: CopyPath,
  entering: (end: End) => ValueId | undefined,
): (end: End) => ValueId {
  const values = new Map<string, Readonly<Record<string, ValueId>>>()
  const valueAt = (end: End): ValueId =>
    present(entering(end) ?? values.get(end.node)?.[end.port], `${end.node}.${end.port} is not lowered yet`)
  for (const node of nodes.values()) {
    if (!node.used) continue
    const inputs = node.inputs.flatMap(({ name }) => {
      const source = node.sources.get(name)
      return source ? [[name, valueAt(source)] as const] : []
    })
    const content = (copy: number, value: ValueId): ValueId => lowerContent(laying, node, path, copy, value)
    values.set(node.id, lowerNode(laying, node, Object.fromEntries(inputs), path, content))
  }
  return valueAt
}

/** One copy of what a frame holds. */
function lowerContent(laying: Laying, node: ShapedNode, path: CopyPath, index: number, value: ValueId): ValueId {
  const frame = present(node.definition.frame, `${node.id} is no frame`)
  const among = frame.copies(node.settings)
  const copy = present(among[index], `${node.id} has no copy ${index}`)
  const { nodes } = present(node.copies[index], `copy ${index} of ${node.id} has no shapes`)
  const valueAt = lowerLevel(laying, nodes, [...path, { copy, among }], (end) =>
    end.node === node.id ? value : undefined,
  )
  return valueAt(present(node.sources.get(frame.leave.name), `nothing leaves ${node.id}`))
}

function addLosses(builder: ProgramBuilder): ValueId {
  const [first, ...rest] = builder.losses()
  invariant(first !== undefined, 'a checked graph has an output')
  return rest.reduce((sum, loss) => builder.append('forward', null, 'add', [sum, loss], {}, ['loss'])[0], first)
}
