import { invariant } from '../../../engine/base/invariant'

/** What one core does with float32 multiply-adds in registers, seen through WebAssembly. */
export interface PeakProbe {
  /** GFLOP/s with 128-bit vectors, and where two may be packed into 256 bits. */
  peak128: number
  peak: number
  /** Two vectors become one of 256 bits. */
  packed: boolean
  /** A relaxed multiply-add rounds once. */
  fused: boolean
}

/** A packed loop runs twice as fast; noise does not make up for half of that. */
const CLEARLY_FASTER = 1.4
/** Many short looks, the best of which counts: some fall between the turns of other programs. */
const ROUND = 2
const ROUNDS = 40
/** Bytes from here on are the probe's. */
const AT = 1024

/** All unknown where this V8 does not take relaxed SIMD. @param bytes of tools/bench/peak.as.ts, compiled @param now milliseconds */
export function probePeak(bytes: Uint8Array<ArrayBuffer>, now: () => number): PeakProbe | { peak: null } {
  if (!WebAssembly.validate(bytes)) return { peak: null }
  const memory = new WebAssembly.Memory({ initial: 1 })
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } })
  const { fusedRest, packable, unpackable } = exports
  invariant(typeof fusedRest === 'function', 'the probe exports fusedRest')
  invariant(typeof packable === 'function' && typeof unpackable === 'function', 'the probe exports its loops')
  const views = new Float32Array(memory.buffer)
  // Sums that stay near 1, so that no number becomes small enough to be slow.
  views.fill(1, AT / 4, AT / 4 + 256)
  for (const place of [256, 512]) views[(AT + place) / 4] = 0.5
  for (const place of [288, 544]) views[(AT + place) / 4] = 0.5
  const rounds = 20_000
  const speed = (loop: (at: number, rounds: number) => void, sums: number) => {
    const start = now()
    let [runs, elapsed] = [0, 0]
    do {
      loop(AT, rounds)
      runs++
      elapsed = now() - start
    } while (elapsed < ROUND)
    return (runs * rounds * sums * 4 * 2) / (elapsed * 1e6)
  }
  // In turns, so that a busy machine slows both; V8 compiles them for speed meanwhile.
  let [peak128, peakPackable] = [0, 0]
  for (let round = 0; round < ROUNDS; round++) {
    peak128 = Math.max(
      peak128,
      speed((at, count) => unpackable(at, count), 8),
    )
    peakPackable = Math.max(
      peakPackable,
      speed((at, count) => packable(at, count), 16),
    )
  }
  return {
    peak128,
    peak: Math.max(peak128, peakPackable),
    packed: peakPackable > CLEARLY_FASTER * peak128,
    fused: Number(fusedRest()) !== 0,
  }
}
