import { ACTIVATION_NUMBERS } from '../activation/activationSimd'
import type { SimdKernel } from '../callSimd'
import { bindRecurrent, bindRecurrentGradient } from '../recurrent/recurrentSimd'
import { rnnNonlinearity } from './rnn'

export const rnnSimd: SimdKernel = (exports) => (call) =>
  bindRecurrent(exports, 'rnn', call, [ACTIVATION_NUMBERS[rnnNonlinearity(call.attributes)]])

export const rnnGradientSimd: SimdKernel = (exports) => (call) =>
  bindRecurrentGradient(exports, 'rnnGradient', call, 1, [ACTIVATION_NUMBERS[rnnNonlinearity(call.attributes)]])
