import { present } from '../base/invariant'
import { checkGraph } from '../compile/check'
import { hasError, type ShapedNode } from '../compile/graph'
import { lower } from '../compile/lower'
import type { DataSummary } from '../data/prepared'
import type { ValueId } from '../ir/program'
import type { Backend } from './backend'
import { documentOf, weather } from './graphs'
import { Tape } from './tape'

/** Nodes with a frame called `frame` among them, which the data set is wired to. */
export interface FrameCase {
  nodes: Parameters<typeof documentOf>[0]
  wires: readonly string[]
  lengths: readonly number[]
  /** [T, B, F]. */
  input: { dims: readonly number[]; values: readonly number[] }
  /** "node.name" → values. */
  weights: Readonly<Record<string, { values: readonly number[] }>>
  /** What is fed back into what leaves the frame. */
  dOutput: { values: readonly number[] }
}

export interface FrameRun {
  /** What leaves the frame, [T, B, G]. */
  output: number[]
  /** Of "input" and of every weight. */
  gradients: Record<string, number[]>
  /** "node.name" → sizes, in the program's order. */
  parameters: Record<string, readonly number[]>
}

/** Lowers a frame as the compiler does and runs it forward and backward on any backend, one instruction after another. */
export function runFrame({ nodes, wires, lengths, input, weights, dOutput }: FrameCase, backend: Backend): FrameRun {
  const [time = 0, rows = 0, features = 0] = input.dims
  const data: DataSummary = {
    ...weather,
    input: { kind: 'numbers', features: Array.from({ length: features }, (_, index) => `column ${index}`) },
    maximumSteps: time,
  }
  const program = lower({ model: modelOf(nodes, wires), nodes: shapedNodes(nodes, wires, data), data }, 'train')
  const tape = new Tape(backend, { T: time, B: rows })
  const onTape = new Map<ValueId, ValueId>()
  const x = tape.floats(['T', 'B', features], input.values)
  onTape.set(present(program.feeds.input, 'the data are read'), x)
  if (program.feeds.lengths !== undefined) onTape.set(program.feeds.lengths, tape.integers(['B'], lengths))
  const named = new Map<string, ValueId>([['input', x]])
  const parameters = program.parameters.filter(({ node }) => node !== 'width')
  for (const { node, name, dims, value } of parameters) {
    const key = `${node}.${name}`
    const id = tape.floats(dims, present(weights[key], `nothing is given for ${key}`).values)
    onTape.set(value, id)
    named.set(key, id)
  }
  const after = program.instructions.findIndex(({ op }) => op === 'lastStep')
  for (const { op, inputs, outputs, attributes, phase } of program.instructions.slice(0, after)) {
    if (phase !== 'forward') continue
    const given = inputs.map((one) => (one === null ? null : present(onTape.get(one), `%${one} is not made yet`)))
    const made = tape.run(op, given, attributes)
    for (const [index, output] of outputs.entries()) onTape.set(output, present(made[index], `${op} has no output`))
  }
  const leaves = present(program.instructions[after]?.inputs[0], 'the last step is read')
  const out = present(onTape.get(leaves), 'the frame gives something')
  const output = tape.read(out)
  const seed = tape.floats(tape.type(out).dims, dOutput.values)
  const gradients = tape.backward(new Map([[out, seed]]), [...named.values()])
  return {
    output,
    gradients: Object.fromEntries(
      [...named].map(([name, id]) => [name, tape.read(present(gradients.get(id), `${name} has no gradient`))]),
    ),
    parameters: Object.fromEntries(parameters.map(({ node, name, dims }) => [`${node}.${name}`, dims])),
  }
}

function modelOf(nodes: FrameCase['nodes'], wires: readonly string[]) {
  return present(frameDocument(nodes, wires).models[0], 'a document has a model')
}

/** The frame between the data and a forecast. */
export function frameDocument(nodes: FrameCase['nodes'], wires: readonly string[]) {
  const around = { data: { type: 'dataset' }, last: { type: 'lastStep' }, width: { type: 'dense' } }
  const chain = ['data > frame', 'frame > last', 'last > width', 'width > head']
  return documentOf({ ...around, ...nodes, head: { type: 'forecast' } }, [...chain, ...wires])
}

function shapedNodes(nodes: FrameCase['nodes'], wires: readonly string[], data: DataSummary): Map<string, ShapedNode> {
  const document = frameDocument(nodes, wires)
  const { value, problems } = checkGraph(document, modelOf(nodes, wires), data)
  if (hasError(problems)) throw new Error(problems.map(({ message }) => message).join('\n'))
  return new Map([...value.nodes].filter(([, { parent }]) => parent === null))
}
