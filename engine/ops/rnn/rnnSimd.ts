import type { Attributes } from '../../ir/program'
import { ACTIVATION_NUMBERS } from '../activation/activationSimd'
import { recurrentGradientSimd, recurrentSimd } from '../recurrent/recurrentSimd'
import { rnnKind, rnnNonlinearity } from './rnn'

const activationOf = (attributes: Attributes): number => ACTIVATION_NUMBERS[rnnNonlinearity(attributes)]

export const rnnSimd = recurrentSimd(rnnKind, activationOf)
export const rnnGradientSimd = recurrentGradientSimd(rnnKind, activationOf)
