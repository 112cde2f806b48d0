import type { SimdKernel } from '../callSimd'
import { bindRecurrent, bindRecurrentGradient } from '../recurrent/recurrentSimd'

export const gruSimd: SimdKernel = (exports) => (call) => bindRecurrent(exports, 'gru', call, [])

export const gruGradientSimd: SimdKernel = (exports) => (call) =>
  bindRecurrentGradient(exports, 'gruGradient', call, 2, [])
