import { Floats } from '../kernelViews'
import { ADAM, type AdamUpdate, adamFactors, type BlockRange, type OptimizerKernels } from './optimizerKernels'

/** The optimizer's passes in readable TypeScript. */
export const referenceOptimizer: OptimizerKernels = {
  sumShards(binding) {
    const [total, ...others] = binding.gradients.map((block) => part(binding, block))
    return () => {
      if (!total) return
      for (let index = 0; index < total.size; index++) {
        let sum = total.at(index)
        for (const other of others) sum = Math.fround(sum + other.at(index))
        total.set(index, sum)
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

  sgd(binding) {
    const parameters = part(binding, binding.parameters)
    const gradients = part(binding, binding.gradients)
    return (learningRate, gradientScale) => {
      const factor = learningRate * gradientScale
      for (let index = 0; index < parameters.size; index++) {
        parameters.set(index, parameters.at(index) - factor * gradients.at(index))
      }
    }
  },

  adam(binding: AdamUpdate) {
    const parameters = part(binding, binding.parameters)
    const gradients = part(binding, binding.gradients)
    const firstMoments = part(binding, binding.firstMoments)
    const secondMoments = part(binding, binding.secondMoments)
    return (learningRate, gradientScale, step) => {
      const { stepSize, rootCorrection } = adamFactors(learningRate, step)
      for (let index = 0; index < parameters.size; index++) {
        const gradient = gradients.at(index) * gradientScale
        const first = firstMoments.at(index) * ADAM.beta1 + gradient * (1 - ADAM.beta1)
        const second = secondMoments.at(index) * ADAM.beta2 + gradient * gradient * (1 - ADAM.beta2)
        firstMoments.set(index, first)
        secondMoments.set(index, second)
        const root = Math.sqrt(second) * rootCorrection + ADAM.epsilon
        parameters.set(index, parameters.at(index) - (stepSize * first) / root)
      }
    }
  },
}

function part({ memory, start, end }: BlockRange, block: number): Floats {
  const size = end - start
  return Floats.of(memory, { offset: block + start, size, dims: [size] })
}
