import { assertNever, invariant, present } from '../base/invariant'
import type { DataSummary } from '../data/prepared'
import type { ProgramBuilder } from '../ir/builder'
import type { FeedName, ValueId, ValueType } from '../ir/program'
import { sameType } from '../ir/shape'
import type { PortShape } from '../nodes/defineNode'
import { type CopyPath, copyLabel, weightName } from './copies'
import type { ShapedNode } from './graph'

export type Mode = 'train' | 'predict'

/** Weights so far: node and name → the value, and the copy of the node that asked for it first. */
export type Weights = Map<string, { value: ValueId; path: CopyPath }>

/** What all nodes of one program are lowered into. */
export interface Laying {
  builder: ProgramBuilder
  data: DataSummary
  mode: Mode
  weights: Weights
}

/**
 * Lowers one node: its instructions, weights, probes and heads go into the builder; returns the value on each output port.
 * @param path the copies of frames that it is laid out in
 * @param content emits one copy of what the node holds; frames only
 */
export function lowerNode(
  { builder, data, mode, weights }: Laying,
  node: ShapedNode,
  inputs: Readonly<Record<string, ValueId>>,
  path: CopyPath,
  content: (copy: number, value: ValueId) => ValueId,
): Readonly<Record<string, ValueId>> {
  const { id, settings, inputShapes } = node
  const outputs = present(node.outputShapes, `${id} is lowered without shapes`)
  const types = feedTypes(data, builder.headCount)
  const feed = (name: FeedName): ValueId => builder.feed(name, types[name])
  const isRead = (port: string): boolean => node.read.has(port)
  const copy = copyLabel(path)
  const values = node.definition.lower({
    builder: builder.scope(id, copy),
    settings,
    inputs,
    isRead,
    shapes: { inputs: inputShapes, outputs },
    data,
    mode,
    lengths: feed('lengths'),
    feed: {
      input: () => feed('input'),
      target: () => feed('target'),
      targetInput: () => feed('targetInput'),
      targetLengths: () => feed('targetLengths'),
      lossScale: () => ownLossScale(builder, id, feed('lossScale')),
      randomSeed: () => feed('randomSeed'),
      progress: () => feed('progress'),
    },
    parameter(plainName, dims, initializer) {
      const name = weightName(plainName, path)
      const key = `${id}.${name}`
      const shared = weights.get(key)
      // Asked for again by another copy: one weight for both. By the same copy it is a mistake, which the grammar check finds.
      if (shared && shared.path !== path) return shared.value
      const value = builder.parameter(id, name, dims, initializer)
      weights.set(key, { value, path })
      return value
    },
    lent: node.lent,
    // A node that is lowered all by itself has nobody before it: what stands in is an input.
    borrow: ({ node: lender, name, dims }) =>
      weights.get(`${lender}.${name}`)?.value ?? builder.input(`${lender}.${name}`, { dtype: 'f32', dims }),
    probe: (kind, labels, value) => builder.probe({ node: id, ...(copy === '' ? {} : { copy }), kind, labels, value }),
    head: (head) => builder.head({ ...head, node: id }),
    content,
  })
  for (const [port, shape] of Object.entries(outputs)) {
    if (values[port] === undefined && !isRead(port)) continue
    const value = present(values[port], `${node.definition.type} gives no value for ${port}`)
    const type = builder.type(value)
    invariant(sameType(type, valueType(shape)), `${node.definition.type}.${port} has another type than its shape`)
  }
  return values
}

/** How a port's shape is stored: time-major, sizes symbolic. */
export function valueType(shape: PortShape): ValueType {
  switch (shape.kind) {
    case 'tokens':
      return { dtype: 'i32', dims: ['T', 'B'] }
    case 'sequence':
      return { dtype: 'f32', dims: ['T', 'B', shape.features] }
    case 'vector':
      return { dtype: 'f32', dims: ['B', shape.features] }
    default:
      return assertNever(shape)
  }
}

/** What scales the loss of the head that comes next. */
function ownLossScale(builder: ProgramBuilder, node: string, all: ValueId): ValueId {
  if (builder.headCount === 1) return all
  const place = { first: builder.losses().length, count: 1 }
  return builder.scope(node).emit('slice', [all], place, ['lossScale'])[0]
}

/** What the batcher writes, as the data have it. */
function feedTypes({ input, target }: DataSummary, headCount: number): Record<FeedName, ValueType> {
  return {
    input:
      input.kind === 'tokens'
        ? { dtype: 'i32', dims: ['T', 'B'] }
        : { dtype: 'f32', dims: ['T', 'B', input.features.length] },
    lengths: { dtype: 'i32', dims: ['B'] },
    target: targetType(target),
    targetInput: { dtype: 'i32', dims: ['T', 'B'] },
    targetLengths: { dtype: 'i32', dims: ['B'] },
    lossScale: { dtype: 'f32', dims: [headCount] },
    randomSeed: { dtype: 'i32', dims: [2] },
    progress: { dtype: 'f32', dims: [1] },
  }
}

function targetType(target: DataSummary['target']): ValueType {
  switch (target.kind) {
    case 'numbers':
      return { dtype: 'f32', dims: ['B', target.names.length] }
    case 'class':
      return { dtype: 'i32', dims: ['B'] }
    case 'symbol':
    case 'tag':
    case 'sequence':
      return { dtype: 'i32', dims: ['T', 'B'] }
    default:
      return assertNever(target)
  }
}
