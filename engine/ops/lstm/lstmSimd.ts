import { recurrentGradientSimd, recurrentSimd } from '../recurrent/recurrentSimd'
import { coupledLstmKind, lstmKind } from './lstm'

export const lstmSimd = recurrentSimd(lstmKind)
export const lstmGradientSimd = recurrentGradientSimd(lstmKind)
export const coupledLstmSimd = recurrentSimd(coupledLstmKind)
export const coupledLstmGradientSimd = recurrentGradientSimd(coupledLstmKind)
