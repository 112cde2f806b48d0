import { defineNumberLoss } from '../meanSquaredError/defineNumberLoss'

/** The size of the difference (PyTorch's `L1Loss`); its gradient where there is no difference is 0. */
export const meanAbsoluteError = defineNumberLoss('meanAbsoluteError')

/** Huber 1964 with δ = 1, as PyTorch's `HuberLoss`: half the square of a difference up to δ, beyond it its size less half of δ. */
export const huber = defineNumberLoss('huber')
