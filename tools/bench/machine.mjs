import { cpus } from 'node:os'
import { run } from '../setup/command.mjs'
import { numberOf } from './peer.mjs'

/** @typedef {import('./peer.mjs').Peer} Peer */
/** @typedef {import('./tables.mjs').Machine} Machine */

/** A matrix product slower than this, in GFLOP/s of one thread, is no BLAS made for speed. */
const SLOW_BLAS = 15

/**
 * The machine, what each side computes with, and the peak that percentages are of.
 *
 * @param {import('./startPeers.mjs').Engine} engine
 * @param {readonly Peer[]} others
 * @returns {Machine}
 */
export function describeMachine({ peer, runtime }, others) {
  const { greeting } = peer
  const productPeak = numberOf(greeting, 'productPeak')
  const peak = typeof greeting.peak === 'number' ? greeting.peak : null
  const flags = Array.isArray(greeting.flags) && greeting.flags.length > 0 ? greeting.flags.join(' ') : 'none'
  const torch = others.find(({ kind }) => kind === 'pytorch')
  const tensorFlow = others.find(({ kind }) => kind === 'tfjs')
  const parts = [
    `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores`,
    `${runtime}, V8 ${greeting.v8}, flags set: ${flags}`,
    `kernels: ${greeting.kernels}, product ${productPeak.toFixed(0)} GFLOP/s on one thread`,
    describeProbe(peer, peak),
    ...(torch ? [describeTorch(torch)] : []),
    ...(tensorFlow
      ? [`TensorFlow.js ${tensorFlow.greeting.version}, wasm${tensorFlow.greeting.simd ? ' with SIMD' : ''}`]
      : []),
  ]
  return { text: parts.join(' · '), peak, productPeak }
}

/** @param {Peer} peer @param {number | null} peak */
function describeProbe({ greeting }, peak) {
  if (peak === null) return 'no relaxed SIMD here: the peak is that of the product'
  const fused = greeting.fused === true ? 'is fused' : 'rounds twice'
  const packed = greeting.packed === true ? 'on' : 'off'
  const narrow = numberOf(greeting, 'peak128').toFixed(0)
  return `multiply-add ${fused}, 256-bit packing ${packed}, peak of one core ${peak.toFixed(0)} GFLOP/s (128-bit ${narrow})`
}

/** @param {Peer} peer */
function describeTorch({ greeting }) {
  const blas = typeof greeting.blas === 'string' && greeting.blas !== '' ? greeting.blas : 'its own BLAS'
  const speed = numberOf(greeting, 'productPeak')
  const slow = speed < SLOW_BLAS ? ' (a BLAS not made for speed: the ratios flatter Unroll)' : ''
  return `PyTorch ${greeting.version} with ${blas}, product ${speed.toFixed(0)} GFLOP/s on one thread${slow}`
}

/**
 * What to type so that Debian's PyTorch is at its best: with the default BLAS it is many times slower, and with OpenBLAS's own threads
 * two are slower than one. null where that package is there or is not the reason.
 *
 * @param {readonly Peer[]} torch
 */
export async function blasHint(torch) {
  const blas = torch[0]?.greeting.blas
  if (typeof blas !== 'string' || !/\blib(?:blas|openblas)\b/.test(blas)) return null
  const { code, output } = await run('dpkg', ['-s', 'libopenblas0-openmp'], { quiet: true })
  if (code === -1 || output.includes('Status: install ok installed')) return null
  return 'PyTorch here does without libopenblas0-openmp, its fastest BLAS on Debian. For a fair comparison type: sudo apt-get install libopenblas0-openmp'
}
