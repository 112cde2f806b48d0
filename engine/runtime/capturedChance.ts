import { present } from '../base/invariant'
import type { Instruction, Program, ValueId } from '../ir/program'
import type { KernelMemory } from '../ops/kernel'
import { referenceKernels } from '../ops/referenceKernels'
import type { Binding } from './bindPlan'

/** What a program multiplies with at random in its forward pass, for a dump. */
export interface Mask {
  /** `mask.<node>`, or `mask.<node>.<name of the value>` where a node drops more than once. */
  name: string
  rate: number
  stream: number
  /** The seed that it is drawn from. */
  seed: ValueId
  /** The value whose elements it belongs to, one by one. */
  value: ValueId
}

/** All masks, by the value that they belong to. */
export function masksOf({ instructions, values }: Program): Map<ValueId, Mask> {
  const drops = instructions.filter(({ phase }) => phase === 'forward').flatMap(drawnBy)
  return new Map(
    drops.map(({ node, ...mask }) => {
      const alone = drops.filter((other) => other.node === node).length === 1
      return [mask.value, { ...mask, name: `mask.${alone ? node : present(values[mask.value], 'a value').name}` }]
    }),
  )
}

/** Dropout drops its result, attention the weights that it keeps as its second output. */
function drawnBy({
  op,
  node,
  inputs,
  outputs,
  attributes,
}: Instruction): (Omit<Mask, 'name'> & { node: string | null })[] {
  const places = { dropout: { seed: 1, value: 0 }, attention: { seed: 4, value: 1 } }
  if (op !== 'dropout' && op !== 'attention') return []
  const { rate, stream } = attributes
  if (typeof rate !== 'number' || typeof stream !== 'number') return []
  const seed = present(inputs[places[op].seed], `${op} has a seed`)
  return [{ node, rate, stream, seed, value: present(outputs[places[op].value], `${op} has an output`) }]
}

/** The factors of one shard's piece: what dropout makes of ones. */
export function drawMask(memory: KernelMemory, binding: Binding, { rate, stream, seed, value }: Mask): Float32Array {
  const from = binding.span(seed)
  const { size, dims } = binding.span(value)
  const buffer = new ArrayBuffer(4 * (2 * size + from.size))
  const own = { f: new Float32Array(buffer), i: new Int32Array(buffer) }
  own.f.fill(1, 0, size)
  own.i.set(memory.i.subarray(from.offset, from.offset + from.size), 2 * size)
  const dropout = present(referenceKernels.dropout, 'the reference has every op')
  dropout({
    memory: own,
    inputs: [
      { offset: 0, size, dims },
      { offset: 2 * size, size: from.size, dims: from.dims },
    ],
    outputs: [{ offset: size, size, dims }],
    scratch: { offset: 0, size: 0, dims: [] },
    attributes: { rate, stream },
  })()
  return own.f.slice(size, 2 * size)
}

/** The symbols that a scan chose to read, right ones or its own, i32 [T, B]; null for what does not choose. */
export function chosenBy({ op, phase, outputs, attributes: { body } }: Instruction): ValueId | null {
  if (op !== 'scan' || phase !== 'forward' || typeof body !== 'object') return null
  const choice = body.instructions.find((instruction) => instruction.op === 'chooseTokens')
  // They are among the outputs because their embedding's gradient reads them.
  const place = choice === undefined ? -1 : body.outputs.indexOf(present(choice.outputs[0], 'a choice has an output'))
  return outputs[place] ?? null
}
