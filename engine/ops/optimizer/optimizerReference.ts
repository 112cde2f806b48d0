import { Floats } from '../kernelViews'
import {
  ADAM,
  type AdamUpdate,
  adamFactors,
  type BlockRange,
  type MomentumUpdate,
  momentumShares,
  type OptimizerKernels,
  remaining,
  type SquaresUpdate,
} from './optimizerKernels'

/** The optimizer's passes in readable TypeScript. */
export const referenceOptimizer: OptimizerKernels = {
  sumShards(binding) {
    const [total, ...others] = binding.gradients.map((block) => part(binding, block))
    return () => {
      if (!total) return
      for (let index = 0; index < total.size; index++) {
        // Through memory after every shard, so that each sum is rounded as that memory holds it.
        for (const other of others) total.set(index, total.at(index) + other.at(index))
      }
    }
  },

  squaredNorm(binding) {
    const values = part(binding, binding.values)
    return () => {
      let sum = 0
      for (let index = 0; index < values.size; index++) sum += values.at(index) ** 2
      return sum
    }
  },

  limitValues(binding) {
    const values = part(binding, binding.values)
    return (scale, limit) => {
      for (let index = 0; index < values.size; index++) {
        values.set(index, Math.min(Math.max(values.at(index) * scale, -limit), limit))
      }
    }
  },

  sgd(binding) {
    const parameters = part(binding, binding.parameters)
    const gradients = part(binding, binding.gradients)
    return (learningRate, gradientScale) => {
      const factor = learningRate * gradientScale
      const kept = remaining(learningRate, binding.weightDecay)
      for (let index = 0; index < parameters.size; index++) {
        parameters.set(index, parameters.at(index) * kept - factor * gradients.at(index))
      }
    }
  },

  momentum(binding: MomentumUpdate) {
    const parameters = part(binding, binding.parameters)
    const gradients = part(binding, binding.gradients)
    const velocities = part(binding, binding.velocities)
    const { momentum, weightDecay } = binding
    const { gradientShare, velocityShare } = momentumShares(binding)
    return (learningRate, gradientScale) => {
      for (let index = 0; index < parameters.size; index++) {
        const gradient = gradients.at(index) * gradientScale + parameters.at(index) * weightDecay
        const velocity = velocities.at(index) * momentum + gradient
        velocities.set(index, velocity)
        const move = gradientShare * gradient + velocityShare * velocity
        parameters.set(index, parameters.at(index) - learningRate * move)
      }
    }
  },

  adam(binding: AdamUpdate) {
    const parameters = part(binding, binding.parameters)
    const gradients = part(binding, binding.gradients)
    const firstMoments = part(binding, binding.firstMoments)
    const secondMoments = part(binding, binding.secondMoments)
    const lossDecay = binding.decoupled ? 0 : binding.weightDecay
    const ownDecay = binding.decoupled ? binding.weightDecay : 0
    return (learningRate, gradientScale, step) => {
      const kept = remaining(learningRate, ownDecay)
      const { stepSize, rootCorrection } = adamFactors(learningRate, step)
      for (let index = 0; index < parameters.size; index++) {
        const gradient = gradients.at(index) * gradientScale + parameters.at(index) * lossDecay
        const first = firstMoments.at(index) * ADAM.beta1 + gradient * (1 - ADAM.beta1)
        const second = secondMoments.at(index) * ADAM.beta2 + gradient * gradient * (1 - ADAM.beta2)
        firstMoments.set(index, first)
        secondMoments.set(index, second)
        const root = Math.sqrt(second) * rootCorrection + ADAM.epsilon
        parameters.set(index, parameters.at(index) * kept - (stepSize * first) / root)
      }
    }
  },

  squares(binding: SquaresUpdate) {
    const parameters = part(binding, binding.parameters)
    const gradients = part(binding, binding.gradients)
    const squares = part(binding, binding.squares)
    const { weightDecay, rule } = binding
    return (learningRate, gradientScale) => {
      for (let index = 0; index < parameters.size; index++) {
        const gradient = gradients.at(index) * gradientScale + parameters.at(index) * weightDecay
        const square = squares.at(index) * rule.keep + gradient * gradient * rule.take
        squares.set(index, square)
        const root = Math.sqrt(square) + rule.epsilon
        parameters.set(index, parameters.at(index) - (learningRate * gradient) / root)
      }
    }
  },
}

function part({ memory, start, end }: BlockRange, block: number): Floats {
  const size = end - start
  return Floats.of(memory, { offset: block + start, size, dims: [size] })
}
