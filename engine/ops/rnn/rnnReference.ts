import { activate, activationSlope } from '../activation/activationReference'
import type { KernelFactory } from '../kernel'
import { Matrix } from '../kernelViews'
import { bindBackward, bindForward, forwardTensors } from '../recurrent/recurrentReference'
import { stepAt, timeSteps } from '../recurrent/tensorsReference'
import { rnnKind, rnnNonlinearity } from './rnn'

export const rnnReference: KernelFactory = (call) => {
  const nonlinearity = rnnNonlinearity(call.attributes)
  const tensors = forwardTensors(rnnKind, call)
  const { batch, hidden } = tensors.sizes
  const { biasIh, biasHh, y, stateMet, projectInputs, meet, keepLastStates } = bindForward(tensors)
  const fromState = Matrix.zeros(batch, hidden)
  const all = tensors.matrix('y') // [T·B, H], first the products with x, then y
  return () => {
    projectInputs(all)
    for (const [t, states] of y.entries()) {
      meet(t, 0, stateMet(t), fromState)
      for (let row = 0; row < batch; row++) {
        const valid = t <= tensors.lastOf(row)
        for (let unit = 0; unit < hidden; unit++) {
          const sum = states.at(row, unit) + fromState.at(row, unit) + biasIh.at(unit) + biasHh.at(unit)
          states.set(row, unit, valid ? activate(nonlinearity, sum) : 0)
        }
      }
    }
    keepLastStates()
  }
}

export const rnnGradientReference: KernelFactory = (call) => {
  const nonlinearity = rnnNonlinearity(call.attributes)
  const { tensors, sizes, addThroughMask, meetBack, dyAt, walkBack, bindRest } = bindBackward(rnnKind, call)
  const { batch, hidden } = sizes
  const y = tensors.steps('y')
  const dPre = tensors.matrix('dGates') // [T·B, H]; may lie over dy
  const dPreSteps = timeSteps(dPre, sizes)
  const dState = Matrix.zeros(batch, hidden)
  const dMet = Matrix.zeros(batch, hidden)
  const finish = bindRest(dPre, [{ d: dPre }])
  return () => {
    walkBack(dState, (t) => {
      const dPreStep = stepAt(dPreSteps, t)
      for (let row = 0; row < batch; row++) {
        const valid = t <= tensors.lastOf(row)
        for (let unit = 0; unit < hidden; unit++) {
          const slope = activationSlope(nonlinearity, stepAt(y, t).at(row, unit))
          dPreStep.set(row, unit, valid ? (dyAt(t, row, unit) + dState.at(row, unit)) * slope : 0)
        }
      }
      dMet.fill(0)
      meetBack(t, 0, dPreStep, dMet)
      dState.fill(0)
      addThroughMask(dMet, dState)
    })
    finish()
  }
}
