import type { KernelCall, KernelFactory } from '../kernel'
import { dimOf, inputFloats, inputIntegers, inputMatrix, inputSpan, outputFloats, outputMatrix } from '../kernelViews'
import { flagAttribute } from '../valueRules'

export const additiveAttentionReference: KernelFactory = (call) => {
  const { queries, keys, mark, memory, batch, time, seenBy } = bind(call)
  const y = outputMatrix(call, 0) // [T·B, M]
  const weights = outputFloats(call, 1) // [B, 1, T, T]
  const cleared = outputFloats(call, 0)
  return () => {
    cleared.fill(0)
    weights.fill(0)
    for (let row = 0; row < batch; row++) {
      for (let t = 0; t < time; t++) {
        const seen = seenBy(row, t)
        const scores = Array.from({ length: seen }, (_, s) => {
          let score = 0
          for (let a = 0; a < mark.size; a++) {
            score += mark.at(a) * Math.tanh(queries.at(t * batch + row, a) + keys.at(s * batch + row, a))
          }
          return score
        })
        const most = Math.max(...scores)
        const powers = scores.map((score) => Math.exp(score - most))
        const sum = powers.reduce((total, power) => total + power, 0)
        for (const [s, power] of powers.entries()) weights.set((row * time + t) * time + s, power / sum)
        for (let column = 0; column < y.columns; column++) {
          let blend = 0
          for (const [s, power] of powers.entries()) blend += (power / sum) * memory.at(s * batch + row, column)
          if (seen > 0) y.set(t * batch + row, column, blend)
        }
      }
    }
  }
}

export const additiveAttentionGradientReference: KernelFactory = (call) => {
  const { queries, keys, mark, memory, batch, time, seenBy } = bind(call)
  const weights = inputFloats(call, 5)
  const dy = inputMatrix(call, 6) // [T·B, M]
  const [dQueries, dKeys, dMemory] = [outputMatrix(call, 0), outputMatrix(call, 1), outputMatrix(call, 3)]
  const dMark = outputFloats(call, 2)
  const outputs = [0, 1, 2, 3].map((index) => outputFloats(call, index))
  const markSums = new Float64Array(mark.size)
  return () => {
    for (const output of outputs) output.fill(0)
    markSums.fill(0)
    for (let row = 0; row < batch; row++) {
      for (let t = 0; t < time; t++) {
        const query = t * batch + row
        const seen = seenBy(row, t)
        const weightOf = (s: number) => weights.at((row * time + t) * time + s)
        const dWeights = Array.from({ length: seen }, (_, s) => {
          let sum = 0
          for (let column = 0; column < dy.columns; column++) {
            sum += dy.at(query, column) * memory.at(s * batch + row, column)
          }
          return sum
        })
        const mean = dWeights.reduce((sum, dWeight, s) => sum + weightOf(s) * dWeight, 0)
        for (const [s, dWeight] of dWeights.entries()) {
          const key = s * batch + row
          for (let column = 0; column < dy.columns; column++) {
            dMemory.set(key, column, dMemory.at(key, column) + weightOf(s) * dy.at(query, column))
          }
          const dScore = weightOf(s) * (dWeight - mean)
          for (let a = 0; a < mark.size; a++) {
            const bent = Math.tanh(queries.at(query, a) + keys.at(key, a))
            const dSum = dScore * mark.at(a) * (1 - bent * bent)
            markSums[a] = (markSums[a] ?? 0) + dScore * bent
            dQueries.set(query, a, dQueries.at(query, a) + dSum)
            dKeys.set(key, a, dKeys.at(key, a) + dSum)
          }
        }
      }
    }
    for (let a = 0; a < mark.size; a++) dMark.set(a, markSums[a] ?? 0)
  }
}

/** What both directions share. */
function bind(call: KernelCall) {
  const lengths = inputIntegers(call, 4) // [B]
  const [time, batch] = [dimOf(inputSpan(call, 0), 0), dimOf(inputSpan(call, 0), 1)]
  const causal = flagAttribute('additiveAttention', call.attributes, 'causal')
  return {
    queries: inputMatrix(call, 0), // [T·B, A]
    keys: inputMatrix(call, 1), // [T·B, A]
    mark: inputFloats(call, 2), // [A]
    memory: inputMatrix(call, 3), // [T·B, M]
    time,
    batch,
    /** How many steps, from the first on, step t of an example sees; 0 past its length. */
    seenBy(row: number, t: number): number {
      const length = lengths.at(row)
      if (t >= length) return 0
      return causal ? t + 1 : length
    },
  }
}
