import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { setKernelFlags } from './flags'
import { loadVariant, selectKernels, type Variant } from './kernelVariants'
import { kernelFolder } from './places'

// Node.js 20 compiles the relaxed build only with this flag.
setKernelFlags({})
const folder = mkdtempSync(join(tmpdir(), 'unroll-kernels-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** WebAssembly's instructions: end at once, or trap. */
const BODIES = { idle: [0x0b], trapping: [0x00, 0x0b] } as const

/** Unsigned LEB128. */
function number(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...number(value >>> 7)]
}

const text = (value: string): number[] => [...number(value.length), ...Buffer.from(value)]
const section = (id: number, content: readonly number[]): number[] => [id, ...number(content.length), ...content]
const list = (items: readonly (readonly number[])[]): number[] => [...number(items.length), ...items.flat()]

/** A module that exports what the real kernels export, but whose functions do nothing right. */
function brokenKernels(variant: Variant, body: keyof typeof BODIES): Uint8Array {
  const real = loadVariant(variant, kernelFolder)?.module
  if (!real) throw new Error('the kernels are not built')
  const names = WebAssembly.Module.exports(real).flatMap(({ kind, name }) => (kind === 'function' ? [name] : []))
  const types = [
    [0x60, 0, 0],
    [0x60, 0, 1, 0x7f],
  ]
  const isBase = (name: string) => name === 'heapBase'
  const bodies = names.map((name) => {
    // heapBase gives 1024 (signed LEB128).
    const code = [0, ...(isBase(name) ? [0x41, 0x80, 0x08, 0x0b] : BODIES[body])]
    return [...number(code.length), ...code]
  })
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list(types)),
    // A shared memory of 1 to 65536 pages.
    ...section(2, list([[...text('env'), ...text('memory'), 2, 3, ...number(1), ...number(65_536)]])),
    ...section(3, list(names.map((name) => [isBase(name) ? 1 : 0]))),
    ...section(7, list(names.map((name, index) => [...text(name), 0, ...number(index)]))),
    ...section(10, list(bodies)),
  ])
}

function select(bodies: Record<'relaxed' | 'simd', keyof typeof BODIES>, flags: string[]) {
  for (const variant of ['relaxed', 'simd'] as const) {
    writeFileSync(join(folder, `kernels.${variant}.wasm`), brokenKernels(variant, bodies[variant]))
  }
  return selectKernels({ folder, flags, env: {}, now: () => performance.now() })
}

describe('selectKernels', () => {
  it('calls kernels wrong that trap or that give something else, and takes the reference', () => {
    const { choice, report, unsafe } = select({ relaxed: 'trapping', simd: 'idle' }, [])
    expect(report.variants.map(({ correct, gflops }) => [correct, gflops])).toEqual([
      [false, 0],
      [false, 0],
      [true, expect.any(Number)],
    ])
    expect([choice.variant, report.chosen, unsafe]).toEqual(['reference', 'TypeScript, without SIMD', false])
  })

  it('asks for a start without flags when flags may be what made them wrong', () => {
    expect(select({ relaxed: 'idle', simd: 'trapping' }, ['--experimental-something']).unsafe).toBe(true)
  })

  it('takes the first correct one of the real kernels', () => {
    const { choice, report, unsafe } = selectKernels({
      folder: kernelFolder,
      flags: [],
      env: {},
      now: () => performance.now(),
    })
    expect(report.variants.map(({ correct }) => correct)).toEqual([true, true, true])
    expect([['relaxed', 'simd'].includes(choice.variant), unsafe]).toEqual([true, false])
  })

  it('takes just the one that is asked for, and the reference where none is built', () => {
    const now = () => performance.now()
    const asked = selectKernels({ folder: kernelFolder, flags: [], env: { UNROLL_KERNELS: 'simd' }, now })
    expect([asked.choice.variant, asked.report.variants.length]).toEqual(['simd', 1])
    const none = selectKernels({ folder: tmpdir(), flags: [], env: {}, now })
    expect([none.choice.variant, none.report.variants.length]).toEqual(['reference', 1])
  })
})
