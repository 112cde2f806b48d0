import { invariant } from '../base/invariant'
import type { KernelCall, KernelFactory, Span } from './kernel'

/** A function of the WebAssembly module: addresses (bytes) and counts in. */
export type KernelFunction = (...parameters: number[]) => number

/** What a compiled module offers (`WebAssembly.Instance.exports`). */
export type KernelExports = Readonly<Record<string, unknown>>

/** Makes the factory of one op from the module's exports. */
export type SimdKernel = (exports: KernelExports) => KernelFactory

/** The exported function `name`; throws InternalError when the module has none: then it was built from other sources. */
export function kernelFunction(exports: KernelExports, name: string): KernelFunction {
  const found = exports[name]
  invariant(isKernelFunction(found), `the kernels' WebAssembly module has no function ${name}`)
  return found
}

function isKernelFunction(value: unknown): value is KernelFunction {
  return typeof value === 'function'
}

/** Where a tensor begins, in bytes; 0 for one that is absent. */
export function addressOf(span: Span | null | undefined): number {
  return span ? span.offset * 4 : 0
}

export function inputAddress(call: KernelCall, index: number): number {
  return addressOf(call.inputs[index])
}

export function outputAddress(call: KernelCall, index: number): number {
  return addressOf(call.outputs[index])
}

export function scratchAddress(call: KernelCall): number {
  return addressOf(call.scratch)
}
