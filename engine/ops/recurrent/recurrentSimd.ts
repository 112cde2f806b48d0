import { addressOf, type KernelExports, kernelFunction, scratchAddress } from '../callSimd'
import type { KernelCall } from '../kernel'
import { dimOf, inputSpan } from '../kernelViews'
import { wantedGradients } from './recurrentRules'

/** Binds rnn, lstm or gru: the module's function takes inputs, outputs, sizes and scratch in the op's own order. */
export function bindRecurrent(exports: KernelExports, name: string, call: KernelCall, settings: readonly number[]) {
  const run = kernelFunction(exports, name)
  const parameters = [
    ...settings,
    ...call.inputs.map(addressOf),
    ...call.outputs.map(addressOf),
    ...recurrentSizes(call),
    scratchAddress(call),
  ]
  return () => {
    run(...parameters)
  }
}

/** Binds a gradient op, whose first `gateTensors` outputs are always there and whose others may be absent: address 0. */
export function bindRecurrentGradient(
  exports: KernelExports,
  name: string,
  call: KernelCall,
  gateTensors: number,
  settings: readonly number[],
) {
  const run = kernelFunction(exports, name)
  const { inputGradient, weightGradient } = wantedGradients(name, call.attributes)
  const outputs = call.outputs.map(addressOf)
  const gates = outputs.slice(0, gateTensors)
  const dx = inputGradient ? outputs.slice(gateTensors, gateTensors + 1) : [0]
  const weights = weightGradient ? outputs.slice(gateTensors + (inputGradient ? 1 : 0)) : [0, 0, 0, 0]
  const parameters = [
    ...settings,
    ...call.inputs.map(addressOf),
    ...gates,
    ...dx,
    ...weights,
    ...recurrentSizes(call),
    scratchAddress(call),
  ]
  return () => {
    run(...parameters)
  }
}

/** time, batch, inputs, hidden. */
function recurrentSizes(call: KernelCall): number[] {
  const x = inputSpan(call, 0)
  return [dimOf(x, 0), dimOf(x, 1), dimOf(x, 2), dimOf(inputSpan(call, 2), 1)]
}
