import * as tf from '@tensorflow/tfjs-core'
import * as layers from '@tensorflow/tfjs-layers'
import { denseOf, embeddingOf } from './dense.mjs'
import { gruAfter } from './gru.mjs'
import { filled, withWeights } from './layer.mjs'
import { transformer } from './transformer.mjs'
import { recurrentWeights, tensor } from './weights.mjs'

/** @typedef {import('../configurations.mjs').Configuration} Configuration */
/** @typedef {import('./weights.mjs').Tensors} Tensors */
/** @typedef {import('./dense.mjs').Forward} Forward */
/** @typedef {{ forward: Forward, loss: (prediction: tf.Tensor) => tf.Scalar, x: tf.Tensor }} Training */
/** @template {string} K @typedef {Extract<Configuration, { kind: K }>} Of */

/** The layers that a user of TensorFlow.js would take, with the engine's weights. @param {Configuration} c @param {Tensors} tensors */
export function modelOf(c, tensors) {
  switch (c.kind) {
    case 'numbers':
      return numbers(c, tensors)
    case 'symbols':
      return symbols(c, tensors)
    case 'tagger':
      return tagger(c, tensors)
    case 'transformer':
      return overSymbols(transformer(c, tensors), c.vocabulary, tensors)
    default:
      throw new Error(`There is no training ${c.name}.`)
  }
}

/** @param {Of<'numbers'>} c @param {Tensors} tensors @returns {Training} */
function numbers(c, tensors) {
  const memory = c.cell === 'gru' ? gruAfter(c.hidden, tensors, 'memory') : lastOf(c, tensors)
  const dense = denseOf(tensors, 'dense')
  const target = tensor(tensors, 'batch.target')
  return {
    x: tensor(tensors, 'batch.input'),
    forward: (x) => dense(memory(x)),
    loss: (prediction) => tf.losses.meanSquaredError(target, prediction),
  }
}

/** @param {Of<'numbers'>} c @param {Tensors} tensors @returns {Forward} */
function lastOf({ cell, input, hidden }, tensors) {
  const layer =
    cell === 'lstm' ? lstm(hidden, false) : layers.layers.simpleRNN({ ...filled, units: hidden, activation: 'tanh' })
  return withWeights(layer, input, recurrentWeights(tensors, 'memory'))
}

/** @param {Of<'symbols'>} c @param {Tensors} tensors @returns {Training} */
function symbols({ vocabulary, embedding, hidden, layers: count }, tensors) {
  const stack = Array.from({ length: count }, (_, index) => {
    const inputs = index === 0 ? embedding : hidden
    return withWeights(lstm(hidden, true), inputs, recurrentWeights(tensors, `lstm-${index}`))
  })
  const embed = embeddingOf(tensors, vocabulary)
  const dense = denseOf(tensors, 'dense')
  return overSymbols((x) => dense(stack.reduce((y, layer) => layer(y), embed(x))), vocabulary, tensors)
}

/** @param {Of<'tagger'>} c @param {Tensors} tensors @returns {Training} */
function tagger({ input, hidden, tags }, tensors) {
  const both = layers.layers.bidirectional({ layer: lstm(hidden, true), mergeMode: 'concat' })
  const weights = [...recurrentWeights(tensors, 'memory'), ...recurrentWeights(tensors, 'memory', 'l0_reverse')]
  const memory = withWeights(both, input, weights)
  const dense = denseOf(tensors, 'dense')
  return overSymbols((x) => dense(memory(x)), tags, tensors)
}

/** Cross-entropy at every step. @param {Forward} forward @param {number} classes @param {Tensors} tensors @returns {Training} */
function overSymbols(forward, classes, tensors) {
  const target = tf.tidy(() => tf.oneHot(tf.reshape(tensor(tensors, 'batch.target'), [-1]), classes))
  const loss = (/** @type {tf.Tensor} */ prediction) =>
    /** @type {tf.Scalar} */ (tf.losses.softmaxCrossEntropy(target, tf.reshape(prediction, [-1, classes])))
  return { x: tensor(tensors, 'batch.input'), forward, loss }
}

/** @param {number} units @param {boolean} returnSequences */
function lstm(units, returnSequences) {
  return layers.layers.lstm({
    ...filled,
    units,
    returnSequences,
    activation: 'tanh',
    recurrentActivation: 'sigmoid',
    unitForgetBias: false,
  })
}
