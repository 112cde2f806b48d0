import { addVectors, clear, copy } from '../vector.as'

/** y [T, B, E] = rows of weight [V, E]; lengths 0: every step counts; `padding`: a token that gives 0, or −1. */
export function embedding(
  tokens: usize,
  weight: usize,
  lengths: usize,
  y: usize,
  time: i32,
  batch: i32,
  features: i32,
  padding: i32,
): void {
  const stride = <usize>features << 2
  for (let t = 0; t < time; t++) {
    for (let row = 0; row < batch; row++) {
      const token = load<i32>(tokens)
      if (token !== padding && counts(lengths, row, t)) copy(y, weight + <usize>token * stride, features)
      else clear(y, features)
      tokens += 4
      y += stride
    }
  }
}

/** dWeight [V, E]: rows of dy summed by token in the order of time, then row; `padding`: a token left out, or −1. */
export function embeddingGradient(
  tokens: usize,
  lengths: usize,
  dy: usize,
  dWeight: usize,
  time: i32,
  batch: i32,
  features: i32,
  vocabulary: i32,
  padding: i32,
): void {
  const stride = <usize>features << 2
  clear(dWeight, vocabulary * features)
  for (let t = 0; t < time; t++) {
    for (let row = 0; row < batch; row++) {
      const token = load<i32>(tokens)
      if (token !== padding && counts(lengths, row, t)) {
        const target = dWeight + <usize>token * stride
        addVectors(target, target, dy, features)
      }
      tokens += 4
      dy += stride
    }
  }
}

// @ts-ignore: decorator
@inline
function counts(lengths: usize, row: i32, t: i32): bool {
  return lengths === 0 || t < load<i32>(lengths + (<usize>row << 2))
}
