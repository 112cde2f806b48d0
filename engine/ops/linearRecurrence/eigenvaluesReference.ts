import type { KernelFactory } from '../kernel'
import { inputFloats, inputMatrix, outputFloats, outputMatrix } from '../kernelViews'

/** A few numbers once a step: all backends use this kernel. */
export const eigenvaluesReference: KernelFactory = (call) => {
  const nu = inputFloats(call, 0) // [N]
  const theta = inputFloats(call, 1) // [N]
  const coefficients = outputMatrix(call, 0) // [3, N]
  return () => {
    for (let n = 0; n < nu.size; n++) {
      const decay = Math.exp(nu.at(n))
      const radius = Math.exp(-decay)
      const phase = Math.exp(theta.at(n))
      coefficients.set(0, n, radius * Math.cos(phase))
      coefficients.set(1, n, radius * Math.sin(phase))
      coefficients.set(2, n, normaliser(decay))
    }
  }
}

/** γ = √(1 − |λ|²) of |λ| = exp(−decay); exact for slow decays, where |λ|² is next to 1. */
function normaliser(decay: number): number {
  return Math.sqrt(-Math.expm1(-2 * decay))
}

export const eigenvaluesGradientReference: KernelFactory = (call) => {
  const nu = inputFloats(call, 0)
  const theta = inputFloats(call, 1)
  const d = inputMatrix(call, 2) // [3, N]
  const dNu = outputFloats(call, 0)
  const dTheta = outputFloats(call, 1)
  return () => {
    for (let n = 0; n < nu.size; n++) {
      const decay = Math.exp(nu.at(n))
      const radius = Math.exp(-decay)
      const phase = Math.exp(theta.at(n))
      const [cosine, sine] = [Math.cos(phase), Math.sin(phase)]
      const dRadius = d.at(0, n) * cosine + d.at(1, n) * sine
      // dγ/d decay = |λ|² / γ, and d decay / dν = decay.
      const dDecay = -radius * dRadius + (d.at(2, n) * radius * radius) / normaliser(decay)
      dNu.set(n, dDecay * decay)
      dTheta.set(n, (d.at(1, n) * cosine - d.at(0, n) * sine) * radius * phase)
    }
  }
}
