import * as tf from '@tensorflow/tfjs-core'
import { tensor, turned } from './weights.mjs'

/** @typedef {import('./weights.mjs').Tensors} Tensors */
/** @typedef {(x: tf.Tensor) => tf.Tensor} Forward */

/** y = x Wᵀ + b over the last dimension. @param {Tensors} tensors @param {string} name @returns {Forward} */
export function denseOf(tensors, name) {
  const kernel = tf.variable(turned(tensors, `${name}.weight`))
  const bias = tf.variable(tensor(tensors, `param.${name}.bias`))
  const [inputs = 0, outputs = 0] = kernel.shape
  return (x) => {
    const rows = tf.add(tf.matMul(tf.reshape(x, [-1, inputs]), kernel), bias)
    return tf.reshape(rows, [...x.shape.slice(0, -1), outputs])
  }
}

/**
 * A product with ones and zeros: the gradient of a look-up is not there on the WebAssembly backend.
 *
 * @param {Tensors} tensors
 * @param {number} vocabulary
 * @returns {Forward}
 */
export function embeddingOf(tensors, vocabulary) {
  const table = tf.variable(tensor(tensors, 'param.embedding.weight'))
  const [, width = 0] = table.shape
  return (x) => {
    const rows = tf.matMul(tf.cast(tf.oneHot(tf.reshape(x, [-1]), vocabulary), 'float32'), table)
    return tf.reshape(rows, [...x.shape, width])
  }
}
