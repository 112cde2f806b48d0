import { type KernelExports, kernelFunction } from '../callSimd'
import {
  ADAM,
  adamFactors,
  type BlockRange,
  momentumShares,
  type OptimizerKernels,
  remaining,
} from './optimizerKernels'

/** Floats of one block while shards are summed: small enough to stay in the first cache for all of them. */
const SUM_BLOCK = 4096

/** The optimizer's passes in WebAssembly; the memory of every binding is the one that the instance imported. */
export function simdOptimizer(exports: KernelExports): OptimizerKernels {
  const addVectors = kernelFunction(exports, 'addVectors')
  const squaredNorm = kernelFunction(exports, 'squaredNorm')
  const limitValues = kernelFunction(exports, 'limitValues')
  const sgd = kernelFunction(exports, 'sgd')
  const momentumStep = kernelFunction(exports, 'momentum')
  const adam = kernelFunction(exports, 'adam')
  const squaresStep = kernelFunction(exports, 'squares')
  return {
    sumShards(binding) {
      const [total = 0, ...others] = binding.gradients.map((block) => addressIn(binding, block))
      const size = binding.end - binding.start
      return () => {
        for (let done = 0; done < size; done += SUM_BLOCK) {
          const count = Math.min(SUM_BLOCK, size - done)
          for (let index = 0; index < others.length; index++) {
            addVectors(total + 4 * done, total + 4 * done, (others[index] ?? 0) + 4 * done, count)
          }
        }
      }
    },

    squaredNorm(binding) {
      const values = addressIn(binding, binding.values)
      const size = binding.end - binding.start
      return () => squaredNorm(values, size)
    },

    limitValues(binding) {
      const values = addressIn(binding, binding.values)
      const size = binding.end - binding.start
      return (scale, limit) => {
        limitValues(values, size, scale, limit)
      }
    },

    sgd(binding) {
      const [parameters, gradients] = [addressIn(binding, binding.parameters), addressIn(binding, binding.gradients)]
      const size = binding.end - binding.start
      return (learningRate, gradientScale) => {
        sgd(parameters, gradients, size, learningRate * gradientScale, remaining(learningRate, binding.weightDecay))
      }
    },

    momentum(binding) {
      const [parameters, gradients] = [addressIn(binding, binding.parameters), addressIn(binding, binding.gradients)]
      const velocities = addressIn(binding, binding.velocities)
      const size = binding.end - binding.start
      const { momentum, weightDecay } = binding
      const { gradientShare, velocityShare } = momentumShares(binding)
      return (learningRate, gradientScale) => {
        const [ownRate, velocityRate] = [learningRate * gradientShare, learningRate * velocityShare]
        momentumStep(
          parameters,
          gradients,
          velocities,
          size,
          gradientScale,
          weightDecay,
          momentum,
          ownRate,
          velocityRate,
        )
      }
    },

    adam(binding) {
      const [parameters, gradients] = [addressIn(binding, binding.parameters), addressIn(binding, binding.gradients)]
      const [first, second] = [addressIn(binding, binding.firstMoments), addressIn(binding, binding.secondMoments)]
      const size = binding.end - binding.start
      const { beta1, beta2, epsilon } = ADAM
      const lossDecay = binding.decoupled ? 0 : binding.weightDecay
      const ownDecay = binding.decoupled ? binding.weightDecay : 0
      return (learningRate, gradientScale, step) => {
        const { stepSize, rootCorrection } = adamFactors(learningRate, step)
        const [rest1, rest2] = [1 - beta1, 1 - beta2]
        adam(
          parameters,
          gradients,
          first,
          second,
          size,
          gradientScale,
          beta1,
          beta2,
          rest1,
          rest2,
          stepSize,
          rootCorrection,
          epsilon,
          lossDecay,
          remaining(learningRate, ownDecay),
        )
      }
    },

    squares(binding) {
      const [parameters, gradients] = [addressIn(binding, binding.parameters), addressIn(binding, binding.gradients)]
      const squares = addressIn(binding, binding.squares)
      const size = binding.end - binding.start
      const { weightDecay } = binding
      const { keep, take, epsilon } = binding.rule
      return (learningRate, gradientScale) => {
        squaresStep(parameters, gradients, squares, size, gradientScale, weightDecay, keep, take, learningRate, epsilon)
      }
    },
  }
}

function addressIn({ start }: BlockRange, block: number): number {
  return 4 * (block + start)
}
