import type { DataSummary } from '../../data/prepared'
import { bad, type Checked, type Diagnostic, good } from '../../document/diagnostic'
import type { Model } from '../../document/schema'
import type { PortSpec } from '../../nodes/defineNode'
import { featuresOf, IN, OUT } from '../../nodes/lowering'
import type { CheckedGraph } from '../check'
import { framesAround, nestingOf } from '../frames'
import { diagnose, type ShapedNode } from '../graph'
import { type CounterpartKind, KIND_TITLES, layerOf, withArticle } from './kinds'

/** A node that goes through the time steps and can give its place to another kind of such node. */
export interface Layer {
  id: string
  type: string
  /** Features of what it gives. */
  width: number
  /** True when what it gives at a step may depend on later steps, by itself or by a frame around it. */
  looksAhead: boolean
  /** The frames around it that read backwards too, the innermost first. */
  bothWays: readonly string[]
}

/**
 * The layers of a sound model that a counterpart replaces, in graph order; or why it has none. Those are nodes that remember or attend
 * and make one sequence of one other.
 */
export function findLayers(
  model: Model,
  { nodes }: Pick<CheckedGraph, 'nodes'>,
  data: DataSummary,
  kind: CounterpartKind,
): Checked<Layer[]> {
  const used = [...nodes.values()].filter((node) => node.used)
  const wish = KIND_TITLES[kind]
  if (data.target.kind === 'sequence') {
    const head = used.find(({ definition }) => definition.isHead)
    return refuse(
      model,
      'decoder',
      `“${model.name}” says whole sequences with a ${head?.title ?? 'Decoder'}, which has a memory of its own inside, so only half of it could become ${withArticle(kind)}. Counterparts are made of models that forecast, label, tag or foretell the next symbol.`,
    )
  }
  const found = used.filter(isLayer)
  if (found.length === 0) {
    return refuse(
      model,
      'nothing',
      `“${model.name}” has no layer that goes through the time steps (an LSTM, a GRU, attention …), so there is nothing for ${withArticle(kind)} to replace. Add one first.`,
    )
  }
  const { type } = layerOf(kind)
  if (found.every(({ node }) => node.type === type)) {
    return refuse(
      model,
      'same',
      `“${model.name}” is ${withArticle(kind)} already. Choose another kind, or “Duplicate” for a copy.`,
    )
  }
  const tied = found.find(({ sources, consumers }) => {
    const others = [...[...sources.keys()].filter((port) => port !== IN), ...consumers.keys()]
    return others.some((port) => port !== OUT)
  })
  if (tied) {
    return refuse(
      model,
      'states',
      `${tied.title} hands on what it remembers at its start or end through a wire of its own, and ${withArticle(kind)} in its place would have to read or give the same. Take that wire away first, or build the ${wish} by hand.`,
    )
  }
  const nesting = nestingOf(model)
  return good(
    found.map(({ id, node, definition, settings, outputShapes }) => {
      const around = framesAround(nesting, id)
      const bothWays = around.filter((frame) => nodes.get(frame)?.definition.frame?.looksAhead)
      const attends = definition.category === 'attend' && settings.causal !== true
      const shape = outputShapes?.[OUT]
      const width = shape ? featuresOf(shape) : 1
      return { id, type: node.type, width, looksAhead: attends || bothWays.length > 0, bothWays }
    }),
  )
}

/** One sequence in, one out, and something that steps have to do with each other. */
function isLayer({ definition, inputs, outputs }: ShapedNode): boolean {
  if (definition.frame || (definition.category !== 'remember' && definition.category !== 'attend')) return false
  const required = inputs.filter((port) => port.required !== false)
  const [only] = required
  return required.length === 1 && isSequence(only, IN) && isSequence(outputs[0], OUT)
}

function isSequence(port: PortSpec | undefined, name: string): boolean {
  return port?.name === name && port.kinds.length === 1 && port.kinds[0] === 'sequence'
}

function refuse(model: Model, code: string, message: string): Checked<never> {
  return bad(cannot(model, code, message))
}

/** Why a model has no counterpart. */
export function cannot(model: Model, code: string, message: string): Diagnostic {
  return diagnose('error', `counterpart.${code}`, { kind: 'model', model: model.id }, message)
}
