import { recurrentGradientSimd, recurrentSimd } from '../recurrent/recurrentSimd'
import { lstmKind } from './lstm'

export const lstmSimd = recurrentSimd(lstmKind)
export const lstmGradientSimd = recurrentGradientSimd(lstmKind)
