import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { invariant, present } from '../base/invariant'
import { referenceOptimizer } from '../ops/optimizer/optimizerReference'
import { simdOptimizer } from '../ops/optimizer/optimizerSimd'
import { referenceKernels } from '../ops/referenceKernels'
import { checkKernels } from '../ops/selfTest'
import { simdKernels } from '../ops/simdKernels'
import { viewWasmMemory } from '../runtime/memory'
import type { KernelSet } from '../runtime/shardWork'
import type { KernelReport } from './protocol'

/** Fastest first when nothing is measured. `reference` is TypeScript and always there. */
export const VARIANTS = ['relaxed', 'simd', 'reference'] as const
export type Variant = (typeof VARIANTS)[number]

/** Set this variable to one of VARIANTS to have just that one: the plain build gives the same digits everywhere. */
export const KERNELS_VARIABLE = 'UNROLL_KERNELS'

const WORDS: Record<Variant, string> = {
  relaxed: 'relaxed SIMD',
  simd: 'plain SIMD',
  reference: 'TypeScript, without SIMD',
}

/** The kernels of a run; can be posted to a worker thread. */
export interface KernelChoice {
  variant: Variant
  /** Compiled once and shared by all threads; null for the reference. */
  module: WebAssembly.Module | null
  /** First byte of a memory that the kernels leave to others. */
  heapBase: number
  /** Which tile the products use; changes no digit (see SimdOptions). */
  wideTiles: boolean
}

export interface KernelSelection {
  choice: KernelChoice
  report: KernelReport
  /** A compiled variant gave wrong results although flags were set: start anew without flags. */
  unsafe: boolean
}

interface SelectionOptions {
  folder: string
  /** V8 flags that were set. */
  flags: string[]
  env: Readonly<Record<string, string | undefined>>
  /** Milliseconds, for timing. */
  now: () => number
}

/**
 * Two variants differ in the last bits, so a measurement must not choose between them by chance: an earlier one of VARIANTS is kept
 * unless a later one is this many times faster, which no noise explains.
 */
const CLEARLY_FASTER = 3

/**
 * Checks every variant that this V8 compiles against the reference, in both shapes of tile, times it for some milliseconds and takes
 * the first correct one that no other beats clearly.
 */
export function selectKernels(options: SelectionOptions): KernelSelection {
  const wanted = VARIANTS.find((variant) => variant === options.env[KERNELS_VARIABLE])
  const candidates = (wanted ? [wanted] : VARIANTS).flatMap((variant) => {
    const choice = loadVariant(variant, options.folder)
    return choice ? [choice] : []
  })
  const tested = candidates.map((choice) => testTiles(choice, options.now))
  const variants = tested.map(({ choice, correct, gflops }) => ({ name: WORDS[choice.variant], correct, gflops }))
  const correct = tested.filter((candidate) => candidate.correct)
  const fastest = Math.max(...correct.map((candidate) => candidate.gflops))
  const choice =
    correct.find((candidate) => candidate.gflops * CLEARLY_FASTER >= fastest)?.choice ??
    present(loadVariant('reference', options.folder), 'the reference is always there')
  const packed = choice.module !== null && options.flags.some((flag) => flag.endsWith('revectorize'))
  return {
    choice,
    report: {
      chosen: `${WORDS[choice.variant]}${packed ? ', packed to 256 bits' : ''}`,
      variants,
      flags: options.flags,
    },
    unsafe: options.flags.length > 0 && tested.some((candidate) => !candidate.correct),
  }
}

/** The kernels of a choice over one memory. Every thread makes its own. */
export function instantiateKernels(choice: KernelChoice, memory: WebAssembly.Memory): KernelSet {
  if (choice.module === null) return { table: referenceKernels, optimizer: referenceOptimizer }
  const { exports } = new WebAssembly.Instance(choice.module, { env: { memory } })
  const { wideTiles } = choice
  return { table: simdKernels(exports, { wideTiles }), optimizer: simdOptimizer(exports) }
}

/** null when the variant is not built or this V8 does not take it. */
export function loadVariant(variant: Variant, folder: string): KernelChoice | null {
  if (variant === 'reference') return { variant, module: null, heapBase: 0, wideTiles: false }
  const file = join(folder, `kernels.${variant}.wasm`)
  if (!existsSync(file)) return null
  const bytes = readFileSync(file)
  if (!WebAssembly.validate(bytes)) return null
  const module = new WebAssembly.Module(bytes)
  const { exports } = new WebAssembly.Instance(module, { env: { memory: smallMemory() } })
  const { heapBase } = exports
  invariant(typeof heapBase === 'function', 'the kernels do not export heapBase')
  return { variant, module, heapBase: Number(heapBase()), wideTiles: false }
}

interface Tested {
  choice: KernelChoice
  correct: boolean
  gflops: number
}

/** The faster shape of tile. A wrong result in either makes the variant wrong. */
function testTiles(choice: KernelChoice, now: () => number): Tested {
  const narrow = { choice, ...test(choice, now) }
  if (choice.module === null || !narrow.correct) return narrow
  const wideChoice = { ...choice, wideTiles: true }
  const wide = { choice: wideChoice, ...test(wideChoice, now) }
  return !wide.correct || wide.gflops > narrow.gflops ? wide : narrow
}

function test(choice: KernelChoice, now: () => number): { correct: boolean; gflops: number } {
  const memory = smallMemory()
  try {
    const { table } = instantiateKernels(choice, memory)
    return checkKernels(table, viewWasmMemory(memory), choice.heapBase, now)
  } catch (error) {
    // A kernel that leaves its memory traps: that is a wrong result, and the report says so.
    if (error instanceof WebAssembly.RuntimeError) return { correct: false, gflops: 0 }
    throw error
  }
}

/** Enough for the self-test: 4 MiB. */
function smallMemory(): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: 64, maximum: 64, shared: true })
}
