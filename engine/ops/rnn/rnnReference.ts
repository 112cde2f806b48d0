import { activate, activationSlope } from '../activation/activationReference'
import type { KernelFactory } from '../kernel'
import { Matrix, outputMatrix } from '../kernelViews'
import { multiply } from '../product/productReference'
import { bindBackward, bindForward, eachStepBackward, stepAt, timeSteps } from '../recurrent/recurrentReference'
import { rnnNonlinearity } from './rnn'

export const rnnReference: KernelFactory = (call) => {
  const nonlinearity = rnnNonlinearity(call.attributes)
  const { sizes, lengths, biasIh, biasHh, recurrentWeight, y, projectInputs } = bindForward(call)
  const all = outputMatrix(call, 0) // [T·B, H], first the products with x, then y
  return () => {
    projectInputs(all)
    for (const [t, states] of y.entries()) {
      const before = y[t - 1]
      if (before) multiply(before, recurrentWeight, states, true)
      for (let row = 0; row < sizes.batch; row++) {
        const valid = t < lengths.at(row)
        for (let unit = 0; unit < sizes.hidden; unit++) {
          const sum = states.at(row, unit) + biasIh.at(unit) + biasHh.at(unit)
          states.set(row, unit, valid ? activate(nonlinearity, sum) : 0)
        }
      }
    }
  }
}

export const rnnGradientReference: KernelFactory = (call) => {
  const nonlinearity = rnnNonlinearity(call.attributes)
  const { sizes, lengths, recurrentWeight, y, dy, bindRest } = bindBackward(call, 'rnnGradient', 0, 1)
  const dPre = outputMatrix(call, 0) // [T·B, H]; may lie over dy
  const dPreSteps = timeSteps(dPre, sizes)
  const dState = Matrix.zeros(sizes.batch, sizes.hidden) // of the state after step t, from the steps behind it
  const finish = bindRest(dPre, [dPre])
  return () => {
    dState.fill(0)
    eachStepBackward(y, (states, t) => {
      const dyStep = stepAt(dy, t)
      const dPreStep = stepAt(dPreSteps, t)
      for (let row = 0; row < sizes.batch; row++) {
        const valid = t < lengths.at(row)
        for (let unit = 0; unit < sizes.hidden; unit++) {
          const slope = activationSlope(nonlinearity, states.at(row, unit))
          dPreStep.set(row, unit, valid ? (dyStep.at(row, unit) + dState.at(row, unit)) * slope : 0)
        }
      }
      multiply(dPreStep, recurrentWeight, dState)
    })
    finish()
  }
}
