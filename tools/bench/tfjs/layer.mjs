import * as tf from '@tensorflow/tfjs-core'

/** @typedef {import('./dense.mjs').Forward} Forward */
/** @typedef {{ apply(x: tf.Tensor): unknown, setWeights(weights: tf.Tensor[]): void }} Layer */

/** The engine's weights come later; drawing orthogonal ones needs more of TensorFlow.js than is loaded here. */
export const filled = { recurrentInitializer: /** @type {const} */ ('zeros') }

/**
 * @param {Layer} layer
 * @param {number} width of its input
 * @param {tf.Tensor[]} weights
 * @returns {Forward}
 */
export function withWeights(layer, width, weights) {
  // A layer makes its weights when it is first used.
  tf.tidy(() => void layer.apply(tf.zeros([1, 1, width])))
  layer.setWeights(weights)
  return (x) => /** @type {tf.Tensor} */ (layer.apply(x))
}
