import { invariant, present } from '../base/invariant'
import { ProgramBuilder } from '../ir/builder'
import type { Program, ValueId } from '../ir/program'
import { ops } from '../ops/index'
import type { ShapedGraph } from './graph'
import { lowerNode, type Mode } from './lowerNode'

/**
 * Fourth pass: the nodes that an output needs become instructions, in graph order; the losses of all outputs are added up. Training
 * and prediction have the same parameters in the same order; prediction has no probes.
 */
export function lower(graph: ShapedGraph, mode: Mode): Program {
  const builder = new ProgramBuilder(ops)
  const values = new Map<string, Readonly<Record<string, ValueId>>>()
  for (const node of graph.nodes.values()) {
    if (!node.used) continue
    const inputs = [...node.sources].map(([port, source]) => {
      const value = values.get(source.node)?.[source.port]
      return [port, present(value, `${source.node}.${source.port} was not lowered before ${node.id}`)] as const
    })
    values.set(node.id, lowerNode(builder, node, Object.fromEntries(inputs), graph.data, mode))
  }
  const program = builder.finish(addLosses(builder))
  return mode === 'train' ? program : { ...program, probes: [] }
}

function addLosses(builder: ProgramBuilder): ValueId {
  const [first, ...rest] = builder.losses()
  invariant(first !== undefined, 'a checked graph has an output')
  return rest.reduce((sum, loss) => builder.append('forward', null, 'add', [sum, loss], {}, ['loss'])[0], first)
}
