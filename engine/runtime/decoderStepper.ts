import { invariant, present } from '../base/invariant'
import type { Fragment, Instruction, ValueId } from '../ir/program'
import { elementCount } from '../ir/shape'
import { ops } from '../ops/index'
import type { Span } from '../ops/kernel'
import { layoutFragment } from '../ops/scan/fragmentLayout'
import { bodyOf, scanSlots } from '../ops/scan/scan'
import type { Stepper } from './beamSearch'
import { loadRows } from './predictRows'
import type { ShardWork } from './shardWork'

/** How much each step of the source was looked at when a symbol was said; null without attention. */
export type Looks = number[] | null

/**
 * The decoder's scan of a predict program, opened so that a search can walk it: its body's kernels bound to `width` rows of one source.
 * They work in the arena of the first shard, which is free once the program has run: at its largest the scan had room there for all
 * of this, with as many rows as a shard holds.
 */
export class DecoderStepper implements Stepper<Looks> {
  readonly #work: ShardWork
  readonly #body: Fragment
  readonly #width: number
  readonly #sourceLength: number
  readonly #spans: ReadonlyMap<ValueId, Span>
  readonly #run: readonly (() => void)[]
  /** Float states: where a step reads and writes them, what they start from, and the last step's. */
  readonly #states: { read: Span; next: Span; start: Float64Array; last: Float64Array; width: number }[]
  readonly #said: Span
  readonly #scores: Span
  readonly #looks: Span | null

  /** Runs the program for one source, up to what its scan begins with. @param width at most `plan.maximumRows` */
  constructor(work: ShardWork, source: Int32Array, steps: number, width: number) {
    const { predict, layout } = work.spec
    invariant(width >= 1 && width <= predict.maximumRows, `${width} rows in a plan for ${predict.maximumRows}`)
    const { program } = predict
    const head = present(program.heads[0], 'a program has an output')
    const place = program.instructions.findIndex(
      ({ op, outputs }) => op === 'scan' && outputs.includes(head.prediction),
    )
    const scan = present(program.instructions[place], 'a decoder says its symbols in a scan')
    this.#work = work
    this.#width = width
    this.#sourceLength = source.length
    this.#body = bodyOf(scan.attributes)
    const inputs = captureInputs(work, scan, place, source, steps)
    const slots = scanSlots(this.#body)
    const arena = present(layout.shards[0], 'a run has a shard').arena
    const spans = new Map<ValueId, Span>()
    let end = 0
    const take = (size: number): number => {
      const offset = arena + end
      end += Math.ceil(size / 8) * 8
      return offset
    }
    for (const [index, value] of this.#body.constants.entries()) {
      spans.set(value, this.#placeConstant(value, present(inputs[slots.constants + index], 'a constant'), take))
    }
    const layoutOfBody = layoutFragment(this.#body, ops, { rows: width, steps })
    const start = take(layoutOfBody.size)
    invariant(end <= predict.sizes.arena, 'the search does not fit where the scan did')
    for (const [value, { offset, size, dims }] of layoutOfBody.places) {
      spans.set(value, { offset: start + offset, size, dims })
    }
    this.#spans = spans
    this.#run = this.#body.instructions.map((instruction, index) => {
      const { offset, size } = present(layoutOfBody.scratch[index], 'a workspace for every instruction')
      return work.bindKernel(instruction.op, {
        memory: work.memory,
        inputs: instruction.inputs.map((input) => (input === null ? null : this.#span(input))),
        outputs: instruction.outputs.map((output) => this.#span(output)),
        scratch: { offset: start + offset, size, dims: [size] },
        attributes: instruction.attributes,
      })
    })
    const isToken = (value: ValueId) => this.#body.values[value]?.type.dtype === 'i32'
    this.#said = this.#span(
      present(
        this.#body.states.find(({ value }) => isToken(value)),
        'what was said is carried on',
      ).value,
    )
    this.#states = this.#body.states.flatMap(({ value, next }, index) => {
      if (isToken(value) || next === null) return []
      const read = this.#span(value)
      const first = inputs[slots.states + index]
      const cells = read.size / width
      const from = first ? Float64Array.from(first.data) : new Float64Array(cells)
      return [{ read, next: this.#span(next), start: from, last: new Float64Array(read.size), width: cells }]
    })
    const output = (wanted: (value: ValueId) => boolean): Span | null => {
      const found = this.#body.outputs.find(wanted)
      return found === undefined ? null : this.#span(found)
    }
    const logits = scan.outputs.indexOf(head.prediction)
    this.#scores = present(
      output((value) => value === this.#body.outputs[logits]),
      'a decoder gives scores',
    )
    this.#looks = output((value) => this.#body.values[value]?.type.dims[0] === 'T')
  }

  step(beginnings: readonly { parent: number; token: number }[]) {
    const { f: floats, i: integers } = this.#work.memory
    invariant(beginnings.length <= this.#width, 'more beginnings than the search is wide')
    for (let row = 0; row < this.#width; row++) {
      // Rows that nobody needs repeat the first.
      const { parent, token } = present(beginnings[row] ?? beginnings[0], 'a beginning')
      integers[this.#said.offset + row] = token
      for (const { read, start, last, width } of this.#states) {
        const from = parent < 0 ? start : last.subarray(parent * width, (parent + 1) * width)
        floats.set(from, read.offset + row * width)
      }
    }
    for (const run of this.#run) run()
    for (const { next, last } of this.#states) last.set(floats.subarray(next.offset, next.offset + next.size))
    const symbols = this.#scores.size / this.#width
    return beginnings.map((_, row) => ({
      scores: floats.slice(this.#scores.offset + row * symbols, this.#scores.offset + (row + 1) * symbols),
      kept: this.#looksOf(row),
    }))
  }

  #looksOf(row: number): Looks {
    const looks = this.#looks
    if (looks === null) return null
    const at = (t: number) => this.#work.memory.f[looks.offset + t * this.#width + row] ?? Number.NaN
    return Array.from({ length: this.#sourceLength }, (_, t) => at(t))
  }

  /** Weights stay where they are; what belongs to the source is repeated for every row. */
  #placeConstant(value: ValueId, { inPlace, dims, data }: Captured, take: (size: number) => number): Span {
    if (inPlace !== null) return inPlace
    const axis = present(this.#body.values[value], `no value ${value}`).type.dims.indexOf('B')
    const rows = axis < 0 ? 1 : this.#width
    const inner = axis < 0 ? data.length : elementCount(dims.slice(axis + 1))
    const offset = take(data.length * rows)
    const target = data instanceof Int32Array ? this.#work.memory.i : this.#work.memory.f
    for (let outer = 0; outer * inner < data.length; outer++) {
      const slice = data.subarray(outer * inner, (outer + 1) * inner)
      for (let row = 0; row < rows; row++) target.set(slice, offset + (outer * rows + row) * inner)
    }
    return { offset, size: data.length * rows, dims: axis < 0 ? dims : dims.with(axis, rows) }
  }

  #span(value: ValueId): Span {
    return present(this.#spans.get(value), `%${value} of the decoder has no place`)
  }
}

/** An input of the scan for one row, as it was when the scan began. */
interface Captured {
  dims: number[]
  data: Float32Array | Float64Array | Int32Array
  /** Of weights: where they lie. */
  inPlace: Span | null
}

/** Runs the program for one source; null for inputs that are absent. */
function captureInputs(
  work: ShardWork,
  { inputs }: Instruction,
  place: number,
  source: Int32Array,
  steps: number,
): (Captured | null)[] {
  const { program, locations } = work.spec.predict
  const binding = loadRows(work, [{ tokens: source }], steps)
  const captured: (Captured | null)[] = []
  binding.runObserved((index) => {
    if (index !== place) return
    for (const input of inputs) {
      if (input === null) {
        captured.push(null)
        continue
      }
      const span = binding.span(input)
      const array = program.values[input]?.type.dtype === 'i32' ? work.memory.i : work.memory.f
      captured.push({
        dims: [...span.dims],
        data: array.slice(span.offset, span.offset + span.size),
        inPlace: locations[input]?.region === 'parameters' ? span : null,
      })
    }
  })
  return captured
}
