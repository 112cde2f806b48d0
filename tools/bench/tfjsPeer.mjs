/**
 * TensorFlow.js with its WebAssembly backend as a server on standard input and output, one JSON object a line, as
 * engine/enginePeer.ts: says what it computes with, then answers `load` and `time`.
 */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import * as wasm from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { modelOf } from './tfjs/models.mjs'
import { loadStream } from './tfjs/stream.mjs'
import { readTensors } from './tfjs/tensorFile.mjs'
import { squaresOf } from './tfjs/weights.mjs'

/** @typedef {import('./configurations.mjs').Configuration} Configuration */
/** @typedef {import('./agreement.mjs').FirstStep} FirstStep */
/** @typedef {{ first: FirstStep, step: () => void }} Loaded */

/** Milliseconds of training before it counts; one step of the largest takes longer by itself. */
const WARM_UP = 600

const backend = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))
wasm.setWasmPaths(`${join(backend, '..', 'wasm-out')}/`)
await tf.setBackend('wasm')
await tf.ready()

/** @param {Configuration} configuration @param {string} file @returns {Loaded} */
function load(configuration, file) {
  tf.disposeVariables()
  const tensors = readTensors(file)
  if (configuration.kind === 'streaming') return loadStream(configuration, tensors)
  const { forward, loss, x } = modelOf(configuration, tensors)
  const lossNow = () => loss(forward(x))
  const optimizer = tf.train.adam(0.001, 0.9, 0.999, 1e-8)
  const step = () => {
    const value = optimizer.minimize(lossNow, true)
    if (value === null || !Number.isFinite(value.dataSync()[0])) throw new Error('the loss is not finite')
    value.dispose()
  }
  return { first: firstStep(lossNow), step }
}

/**
 * A layer of TensorFlow.js has one bias where PyTorch and the engine add two, whose gradients are the same: it counts twice.
 *
 * @param {() => tf.Scalar} lossNow
 * @returns {FirstStep}
 */
function firstStep(lossNow) {
  const { value, grads } = tf.variableGrads(lossNow)
  let squares = 0
  for (const [name, gradient] of Object.entries(grads)) {
    const isShared = /(?:lstm|rnn|bidirectional).*bias/i.test(name)
    squares += (isShared ? 2 : 1) * squaresOf(gradient)
  }
  const first = { loss: value.dataSync()[0] ?? Number.NaN, gradientNorm: Math.sqrt(squares) }
  tf.dispose([value, grads])
  return first
}

/** @param {() => void} step @param {number} milliseconds */
function runFor(step, milliseconds) {
  const start = performance.now()
  const durations = []
  let before = start
  while (before - start < milliseconds || durations.length === 0) {
    step()
    const after = performance.now()
    durations.push(after - before)
    before = after
  }
  const sorted = Float64Array.from(durations).sort()
  const percentile = (/** @type {number} */ share) => sorted[Math.floor(share * (sorted.length - 1))]
  return {
    steps: durations.length,
    ms: before - start,
    percentile50: percentile(0.5),
    percentile99: percentile(0.99),
  }
}

/** @param {object} message */
function answer(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}

answer({ version: tf.version_core, simd: await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT') })

/** @type {Loaded | null} */
let loaded = null
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line)
  if ('load' in request) {
    const start = performance.now()
    loaded = load(request.load, request.file)
    // A step of the largest models takes many seconds; the first one has warmed it up then.
    const firstMs = performance.now() - start
    if (firstMs < WARM_UP) runFor(loaded.step, WARM_UP)
    answer({ ...loaded.first, firstMs })
  } else if (loaded === null) throw new Error('"time" before "load"')
  else answer(runFor(loaded.step, request.time))
}
