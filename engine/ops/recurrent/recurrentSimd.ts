import { invariant, present } from '../../base/invariant'
import { addressOf, type KernelExports, kernelFunction, type SimdKernel, scratchAddress } from '../callSimd'
import type { KernelCall } from '../kernel'
import { dimOf, inputSpan } from '../kernelViews'
import { CALL_ELEMENTS, CALL_FIELDS, type CallField } from './recurrentCall'
import { backwardSlots, forwardSlots, type RecurrentKind, type Slots } from './recurrentSlots'

type Variant = (attributes: KernelCall['attributes']) => number

/** Binds the op of a kind; `variant`: which of its kernels, 0 when there is but one. */
export function recurrentSimd(kind: RecurrentKind, variant: Variant = () => 0): SimdKernel {
  return (exports) => (call) =>
    bindCall(exports, kind, kind.name, call, forwardSlots(kind, call.attributes), variant(call.attributes))
}

export function recurrentGradientSimd(kind: RecurrentKind, variant: Variant = () => 0): SimdKernel {
  return (exports) => (call) =>
    bindCall(
      exports,
      kind,
      `${kind.name}Gradient`,
      call,
      backwardSlots(kind, call.attributes),
      variant(call.attributes),
    )
}

/** The kernel takes one argument, the address of its call, which is written to the start of the workspace each time. */
function bindCall(
  exports: KernelExports,
  kind: RecurrentKind,
  name: string,
  call: KernelCall,
  slots: Slots,
  variant: number,
) {
  const run = kernelFunction(exports, name)
  const words = new Int32Array(CALL_FIELDS.length)
  const put = (field: CallField, value: number): void => {
    words[CALL_FIELDS.indexOf(field)] = value
  }
  const x = inputSpan(call, 0)
  put('variant', variant)
  put('time', dimOf(x, 0))
  put('batch', dimOf(x, 1))
  put('inputs', dimOf(x, 2))
  const weightHh = inputSpan(call, 2)
  put('hidden', dimOf(weightHh, 0) / kind.gates)
  put('state', dimOf(weightHh, 1))
  put('wide', dimOf(weightHh, 0))
  put('firstGroup', ((kind.groups[0] ?? 0) * dimOf(weightHh, 0)) / kind.gates)
  for (const [index, field] of slots.inputs.entries()) put(field, addressOf(call.inputs[index]))
  for (const [index, field] of slots.outputs.entries()) {
    put(field, addressOf(present(call.outputs[index], `${name} has no place for ${field}`)))
  }
  const address = scratchAddress(call)
  put('scratch', address)
  const { i: memory } = call.memory
  const target = call.scratch.offset
  invariant(call.scratch.size >= CALL_ELEMENTS, `${name} has no workspace`)
  return () => {
    memory.set(words, target)
    run(address)
  }
}
