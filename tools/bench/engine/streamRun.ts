import { present } from '../../../engine/base/invariant'
import { type Rng, rng } from '../../../engine/base/rng'
import type { Tensor } from '../../../engine/export/safetensors'
import { instantiateKernels, type KernelChoice } from '../../../engine/host/kernelVariants'
import { ops } from '../../../engine/ops/index'
import type { KernelMemory, Span } from '../../../engine/ops/kernel'
import { sizeOf } from '../../../engine/ops/valueRules'
import { viewWasmMemory } from '../../../engine/runtime/memory'
import type { FirstStep, Timed, TimedRun } from './benchRun'
import type { Configuration } from './configuration'

type Streaming = Extract<Configuration, { kind: 'streaming' }>

/** Durations of single steps that are kept for the percentiles of one block. */
const KEPT = 1 << 15
const NODE = 'memory'

/** An LSTM that reads one time step after another: the state of one call is where the next begins. Nothing is copied. */
export class StreamRun implements TimedRun {
  readonly mflop: number
  readonly arenaBytes: number
  readonly threads = 1
  readonly first: FirstStep
  readonly #memory: KernelMemory
  readonly #inputs: Float32Array
  readonly #x: Span
  /** In turns: the second reads the state that the first left, and the other way round. */
  readonly #calls: readonly (() => void)[]
  readonly #durations = new Float64Array(KEPT)
  readonly #width: number
  #step = 0

  constructor(configuration: Streaming, kernels: KernelChoice) {
    const { input, hidden, steps } = configuration
    const wasm = new WebAssembly.Memory({ initial: 64, maximum: 64, shared: true })
    const { table } = instantiateKernels(kernels, wasm)
    const memory = viewWasmMemory(wasm)
    const random = rng(7)
    let end = Math.ceil(kernels.heapBase / 32) * 8
    const place = (dims: readonly number[]): Span => {
      const offset = end
      const size = sizeOf(dims)
      end += Math.ceil(size / 8) * 8
      return { offset, size, dims }
    }
    const weight = (dims: readonly number[]): Span => {
      const span = place(dims)
      for (let at = span.offset; at < span.offset + span.size; at++) memory.f[at] = draw(random) / Math.sqrt(hidden)
      return span
    }
    const wide = 4 * hidden
    const weights = [weight([wide, input]), weight([wide, hidden]), weight([wide]), weight([wide])]
    const x = place([1, 1, input])
    const lengths = place([1])
    memory.i[lengths.offset] = 1
    const states = [0, 1].map(() => [place([1, hidden]), place([1, hidden])] as const)
    const y = place([1, 1, hidden])
    const kept = [place([1, 1, wide]), place([1, 1, hidden])]
    const definition = present(ops.lstm, 'no op lstm')
    const inputDims = [x, ...weights, lengths].map(({ dims }) => dims)
    const scratch = place([definition.scratch?.(inputDims, [y.dims], {}) ?? 0])
    const kernel = present(table.lstm, 'no kernel for lstm')
    this.#calls = states.map((from, index) => {
      const to = present(states[1 - index], 'two states')
      const inputs = [x, ...weights, lengths, ...from, null, null, null]
      return kernel({ memory, inputs, outputs: [y, ...kept, ...to], scratch, attributes: { finalState: true } })
    })
    this.#memory = memory
    this.#x = x
    this.#width = input
    this.#inputs = Float32Array.from({ length: steps * input }, () => draw(random))
    this.mflop = (definition.flops?.(inputDims, [y.dims], {}) ?? 0) / 1e6
    this.arenaBytes = 4 * (end - x.offset)
    const names = ['weight_ih_l0', 'weight_hh_l0', 'bias_ih_l0', 'bias_hh_l0']
    const parameters = Object.fromEntries(
      weights.map((span, index) => [`param.${NODE}.${names[index]}`, tensorOf(memory, span)]),
    )
    this.first = this.#runOnce(steps, y, parameters)
  }

  time(milliseconds: number): Timed {
    const start = performance.now()
    let steps = 0
    let before = start
    do {
      this.#advance()
      const after = performance.now()
      this.#durations[steps % KEPT] = after - before
      before = after
      steps++
    } while (before - start < milliseconds)
    const sorted = this.#durations.slice(0, Math.min(steps, KEPT)).sort()
    const percentile = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
    return { steps, ms: before - start, percentile50: percentile(0.5), percentile99: percentile(0.99) }
  }

  async close(): Promise<void> {}

  #advance(): void {
    const at = (this.#step * this.#width) % this.#inputs.length
    this.#memory.f.set(this.#inputs.subarray(at, at + this.#width), this.#x.offset)
    this.#calls[this.#step % 2]?.()
    this.#step++
  }

  /** Reads the whole sequence from an empty memory; what counts as its loss is the mean square of the last output. */
  #runOnce(steps: number, y: Span, parameters: Record<string, Tensor>): FirstStep {
    for (let step = 0; step < steps; step++) this.#advance()
    let sum = 0
    for (let at = y.offset; at < y.offset + y.size; at++) sum += (this.#memory.f[at] ?? Number.NaN) ** 2
    const loss = sum / y.size
    const input = { data: this.#inputs, shape: [1, steps, this.#width] }
    return { loss, gradientNorm: null, tensors: { ...parameters, 'batch.input': input } }
  }
}

function draw(random: Rng): number {
  return 2 * random.uniform() - 1
}

function tensorOf(memory: KernelMemory, { offset, size, dims }: Span): Tensor {
  return { data: memory.f.slice(offset, offset + size), shape: dims }
}
