import { addressOf, type KernelExports, kernelFunction, type SimdKernel, scratchAddress } from '../callSimd'
import type { KernelCall } from '../kernel'
import { dimOf, inputSpan } from '../kernelViews'

/** Inputs and outputs that a kernel takes, those that may be absent included. */
const FORWARD = { inputs: 4, outputs: 2 }
const BACKWARD = { inputs: 7, outputs: 3 }

export const gatedRecurrenceSimd = bind('gatedRecurrence', FORWARD, 1)
export const gatedRecurrenceGradientSimd = bind('gatedRecurrenceGradient', BACKWARD, 1)
export const complexRecurrenceSimd = bind('complexRecurrence', FORWARD, 2)
export const complexRecurrenceGradientSimd = bind('complexRecurrenceGradient', BACKWARD, 2)

/** @param parts numbers that make up one of a sequence's features: 2 for complex ones */
function bind(name: string, counts: { inputs: number; outputs: number }, parts: number): SimdKernel {
  return (exports: KernelExports) => {
    const run = kernelFunction(exports, name)
    return (call: KernelCall) => {
      const sequence = inputSpan(call, 0)
      const inputs = Array.from({ length: counts.inputs }, (_, index) => addressOf(call.inputs[index]))
      const outputs = Array.from({ length: counts.outputs }, (_, index) => addressOf(call.outputs[index]))
      const sizes = [dimOf(sequence, 0), dimOf(sequence, 1), dimOf(sequence, 2) / parts]
      const parameters = [...inputs, ...outputs, ...sizes, scratchAddress(call)]
      return () => {
        run(...parameters)
      }
    }
  }
}
