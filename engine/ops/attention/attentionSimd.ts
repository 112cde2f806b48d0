import { addressOf, inputAddress, kernelFunction, outputAddress, type SimdKernel, scratchAddress } from '../callSimd'
import { dropThreshold, keptScale } from '../dropout/mask'
import type { KernelCall, Span } from '../kernel'
import { dimOf, inputSpan } from '../kernelViews'
import { flagAttribute } from '../valueRules'
import { attentionDropout, attentionHeads } from './attention'

export const attentionSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'attention')
  return (call) => {
    const { features, sizes, three } = layout(call)
    const parameters = [
      ...three(call.inputs.slice(0, 3)),
      features,
      inputAddress(call, 3),
      inputAddress(call, 4),
      outputAddress(call, 0),
      outputAddress(call, 1),
      ...sizes,
    ]
    return () => {
      run(...parameters)
    }
  }
}

export const attentionGradientSimd: SimdKernel = (exports) => {
  const run = kernelFunction(exports, 'attentionGradient')
  return (call) => {
    const { features, sizes, three } = layout(call)
    const parameters = [
      ...three(call.inputs.slice(0, 3)),
      features,
      ...[3, 4, 5, 6].map((index) => inputAddress(call, index)),
      ...three(call.outputs),
      ...sizes,
    ]
    return () => {
      run(...parameters)
    }
  }
}

/** `three`: addresses of three tensors, or of the parts of one that holds them side by side. */
function layout(call: KernelCall) {
  const q = inputSpan(call, 0)
  const together = !call.inputs[1]
  const features = dimOf(q, 2)
  const width = together ? features / 3 : features
  const heads = attentionHeads('attention', call.attributes)
  const causal = flagAttribute('attention', call.attributes, 'causal') ? 1 : 0
  const { rate, stream } = attentionDropout('attention', call.attributes)
  const dropout = [stream, dropThreshold(rate), keptScale(rate)]
  return {
    features,
    sizes: [dimOf(q, 0), dimOf(q, 1), heads, width / heads, causal, ...dropout, scratchAddress(call)],
    three(spans: readonly (Span | null | undefined)[]): number[] {
      if (!together) return spans.map(addressOf)
      return [0, 1, 2].map((part) => addressOf(spans[0]) + 4 * part * width)
    },
  }
}
