import { InternalError, present } from '../base/invariant'
import { lowerNode, valueType } from '../compile/lowerNode'
import { ProgramBuilder } from '../ir/builder'
import type { ValueId } from '../ir/program'
import { ops } from '../ops/index'
import type { Backend } from './backend'
import { type AloneOptions, shapeAlone } from './lowerAlone'
import { Tape } from './tape'

export interface NodeRun {
  /** Values on `out`. */
  output: number[]
  /** By port and by parameter name. */
  gradients: Record<string, number[]>
  /** Sizes of the parameters, in the order in which the node asks for them. */
  parameters: Record<string, readonly number[]>
}

export interface NodeFeeds {
  time: number
  rows: number
  lengths: readonly number[]
  /** Values on the input ports, time-major. */
  inputs: Readonly<Record<string, readonly number[]>>
  weights: Readonly<Record<string, readonly number[]>>
  /** What is fed back into `out`. */
  dOutput: readonly number[]
}

/** Lowers a node all by itself and runs its instructions forward and backward, one after another, on any backend. */
export function runNode(type: string, options: AloneOptions, feeds: NodeFeeds, backend: Backend): NodeRun {
  const { node } = shapeAlone(type, options)
  const builder = new ProgramBuilder(ops)
  const ports = Object.entries(node.inputShapes).map(
    ([port, shape]) => [port, builder.input(port, valueType(shape))] as const,
  )
  const laying = { builder, data: options.data, mode: options.mode ?? 'train', weights: new Map() }
  const results = lowerNode(laying, node, Object.fromEntries(ports), [], () => {
    throw new InternalError(`${type} is run all by itself, without content`)
  })
  const program = builder.finish(0)

  const tape = new Tape(backend, { T: feeds.time, B: feeds.rows })
  const onTape = new Map<ValueId, ValueId>()
  const named = new Map<string, ValueId>()
  const place = (name: string, value: ValueId, values: readonly number[] | undefined): void => {
    const id = tape.floats(builder.type(value).dims, present(values, `nothing is given for ${name}`))
    onTape.set(value, id)
    named.set(name, id)
  }
  for (const [port, value] of ports) place(port, value, feeds.inputs[port])
  for (const { name, value } of program.parameters) place(name, value, feeds.weights[name])
  const { lengths } = program.feeds
  if (lengths !== undefined) onTape.set(lengths, tape.integers(['B'], feeds.lengths))

  const taped = (value: ValueId): ValueId => present(onTape.get(value), `${builder.name(value)} is not made yet`)
  for (const { op, inputs, outputs, attributes } of program.instructions) {
    const made = tape.run(
      op,
      inputs.map((input) => (input === null ? null : taped(input))),
      attributes,
    )
    for (const [index, output] of outputs.entries()) onTape.set(output, present(made[index], `${op} has no output`))
  }
  const out = taped(present(results.out, `${type} has no port out`))
  const output = tape.read(out)
  const seed = tape.floats(tape.type(out).dims, feeds.dOutput)
  const gradients = tape.backward(new Map([[out, seed]]), [...named.values()])
  return {
    output,
    gradients: Object.fromEntries(
      [...named].map(([name, id]) => [name, tape.read(present(gradients.get(id), `${name} has no gradient`))]),
    ),
    parameters: Object.fromEntries(program.parameters.map(({ name, dims }) => [name, dims])),
  }
}
