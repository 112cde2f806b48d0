import { present } from '../base/invariant'
import type { ShapedContent, ShapedNode } from '../compile/graph'
import { lowerNode, type Mode, valueType } from '../compile/lowerNode'
import type { DataSummary } from '../data/prepared'
import { ProgramBuilder } from '../ir/builder'
import type { Head, Initializer, Instruction, Probe, ValueId } from '../ir/program'
import { formatType } from '../ir/shape'
import type { LentWeight, NodeProblem, PortShape } from '../nodes/defineNode'
import { nodeDefinitions } from '../nodes/index'
import { readSettings } from '../nodes/validate'
import { ops } from '../ops/index'

export interface Alone {
  /** Shapes on the output ports. */
  shapes: Readonly<Record<string, PortShape>>
  /** "lstm {"a":1}" in order, probes last. */
  instructions: string[]
  parameters: Record<string, { dims: readonly number[]; initializer: Initializer }>
  /** Types of the values on the output ports: "f32 [T, B, 4]". */
  outputs: Record<string, string>
  /** Is the value on `out` the one that came `in`? */
  passesThrough: boolean
  probes: Omit<Probe, 'node' | 'value'>[]
  heads: Head['target'][]
  /** Problems that the shape rule told. */
  problems: string[]
}

export interface AloneOptions {
  data: DataSummary
  settings?: Record<string, unknown>
  /** What arrives on `in`. */
  input?: PortShape
  /** What arrives on other ports, by name. */
  inputs?: Record<string, PortShape>
  mode?: Mode
  /** Width that whoever reads `out` wants. */
  wanted?: number
  /** Weights that nodes before it lend. */
  lent?: readonly LentWeight[]
  /** What a frame's content makes of what comes in; the same by default. */
  content?: (shape: PortShape) => PortShape
}

/** The node as the shapes pass would hand it on, its shapes, and the problems that its shape rule told. */
export function shapeAlone(type: string, options: AloneOptions): { node: ShapedNode; problems: NodeProblem[] } {
  const { data, settings: raw = {}, input, wanted = null, content = (shape: PortShape) => shape } = options
  const definition = present(nodeDefinitions[type], `no node type ${type}`)
  const settings = readSettings(definition, raw).values
  const { inputs, outputs } = definition.ports(settings, data)
  const inputShapes: Record<string, PortShape> = { ...(input ? { in: input } : {}), ...options.inputs }
  const problems: NodeProblem[] = []
  const copies: ShapedContent[] = []
  const outputShapes =
    definition.shapes({
      node: 'node',
      model: 'm',
      title: definition.title,
      settings,
      inputs: inputShapes,
      data,
      wanted: { out: wanted },
      problem: (problem) => problems.push(problem),
      lent: options.lent ?? [],
      content: {
        wants: (width) => width,
        shape(copy, enter) {
          const leave = content(enter)
          copies[copy] = { nodes: new Map(), enter, leave }
          return leave
        },
      },
    }) ?? {}
  const node = {
    id: 'node',
    title: definition.title,
    node: { type, settings: raw },
    definition,
    settings,
    inputs,
    outputs,
    sources: new Map(),
    consumers: new Map(),
    read: new Set<string>(),
    used: true,
    inputShapes,
    outputShapes,
    parent: null,
    lent: options.lent ?? [],
    copies,
  }
  return { node, problems }
}

/** Shapes and lowers one node all by itself: what a node's test looks at. */
export function lowerAlone(type: string, options: AloneOptions): Alone {
  const { data, mode = 'train' } = options
  const { node, problems } = shapeAlone(type, options)
  const empty: Alone = {
    shapes: node.outputShapes ?? {},
    instructions: [],
    parameters: {},
    outputs: {},
    passesThrough: false,
    probes: [],
    heads: [],
    problems: problems.map(({ message }) => message),
  }
  if (problems.length > 0) return empty
  const builder = new ProgramBuilder(ops)
  const x: Record<string, ValueId> = Object.fromEntries(
    Object.entries(node.inputShapes).map(([port, shape]) => [port, builder.input(port, valueType(shape))]),
  )
  const laying = { builder, data, mode, weights: new Map() }
  const values = lowerNode(laying, node, x, [], (copy) => contentOf(builder, node, copy))
  const made = builder.finish(0)
  const text = ({ op, attributes }: Instruction): string =>
    Object.keys(attributes).length === 0 ? op : `${op} ${JSON.stringify(attributes)}`
  return {
    ...empty,
    instructions: made.instructions.map(text),
    parameters: Object.fromEntries(made.parameters.map(({ name, dims, initializer }) => [name, { dims, initializer }])),
    outputs: Object.fromEntries(Object.entries(values).map(([port, value]) => [port, formatType(builder.type(value))])),
    passesThrough: x.in !== undefined && values.out === x.in,
    probes: made.probes.map(({ kind, labels }) => ({ kind, labels })),
    heads: made.heads.map(({ target }) => target),
  }
}

/** Stands for what leaves a copy of a frame's content. */
function contentOf(builder: ProgramBuilder, node: ShapedNode, copy: number): ValueId {
  const leave = present(node.copies[copy]?.leave, `copy ${copy} has no shape`)
  return builder.input(`content.${copy}`, valueType(leave))
}
