import type { SimdKernel } from '../callSimd'
import { bindRecurrent, bindRecurrentGradient } from '../recurrent/recurrentSimd'

export const lstmSimd: SimdKernel = (exports) => (call) => bindRecurrent(exports, 'lstm', call, [])

export const lstmGradientSimd: SimdKernel = (exports) => (call) =>
  bindRecurrentGradient(exports, 'lstmGradient', call, 1, [])
