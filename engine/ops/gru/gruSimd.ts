import type { Attributes } from '../../ir/program'
import { recurrentGradientSimd, recurrentSimd } from '../recurrent/recurrentSimd'
import { gruKind, gruReset } from './gru'

const variantOf = (attributes: Attributes): number => (gruReset(attributes) === 'before' ? 1 : 0)

export const gruSimd = recurrentSimd(gruKind, variantOf)
export const gruGradientSimd = recurrentGradientSimd(gruKind, variantOf)
