import { expect, it } from 'vitest'
import { flagsFor, setKernelFlags } from './flags'

it.each([
  ['11.3.244.8-node.38', ['--experimental-wasm-relaxed-simd']],
  ['12.4.254.21-node.33', []],
  ['13.0.245.18-electron.0', ['--turboshaft-wasm', '--experimental-wasm-revectorize']],
  ['15.1.27.3-electron.0', ['--turboshaft-wasm', '--experimental-wasm-revectorize']],
])('V8 %s gets the flags it knows', (version, flags) => {
  expect(flagsFor(version)).toEqual(flags)
})

it('sets no flag when safe kernels are asked for', () => {
  expect(setKernelFlags({ UNROLL_SAFE_KERNELS: '1' })).toEqual([])
})
