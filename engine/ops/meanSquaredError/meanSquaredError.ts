import { defineNumberLoss } from './defineNumberLoss'

/** The squared difference. */
export const meanSquaredError = defineNumberLoss('meanSquaredError')
