import * as tf from '@tensorflow/tfjs-core'
import { tensor, turned } from './weights.mjs'

/** @typedef {import('./weights.mjs').Tensors} Tensors */

/**
 * A GRU that resets after the product, as PyTorch's; the layer of TensorFlow.js only resets before. The input products of all steps
 * are one, as its own layers do not do: this one is a little faster than they would be.
 *
 * @param {number} hidden
 * @param {Tensors} tensors
 * @param {string} prefix
 * @returns {(x: tf.Tensor) => tf.Tensor} [B, T, I] → the last state [B, H]
 */
export function gruAfter(hidden, tensors, prefix) {
  const inputKernel = tf.variable(turned(tensors, `${prefix}.weight_ih_l0`))
  const stateKernel = tf.variable(turned(tensors, `${prefix}.weight_hh_l0`))
  const inputBias = tf.variable(tensor(tensors, `param.${prefix}.bias_ih_l0`))
  const stateBias = tf.variable(tensor(tensors, `param.${prefix}.bias_hh_l0`))
  return (x) => {
    const [batch = 0, steps = 0, inputs = 0] = x.shape
    const timeMajor = tf.reshape(tf.transpose(x, [1, 0, 2]), [steps * batch, inputs])
    const product = tf.reshape(tf.add(tf.matMul(timeMajor, inputKernel), inputBias), [steps, batch, 3 * hidden])
    let state = tf.zeros([batch, hidden])
    for (const fromInput of tf.unstack(product)) {
      const [ir, iz, inn] = parts(tf.split(fromInput, 3, 1))
      const [hr, hz, hn] = parts(tf.split(tf.add(tf.matMul(state, stateKernel), stateBias), 3, 1))
      const reset = tf.sigmoid(tf.add(ir, hr))
      const update = tf.sigmoid(tf.add(iz, hz))
      const fresh = tf.tanh(tf.add(inn, tf.mul(reset, hn)))
      state = tf.add(fresh, tf.mul(update, tf.sub(state, fresh)))
    }
    return state
  }
}

/** @param {tf.Tensor[]} split @returns {[tf.Tensor, tf.Tensor, tf.Tensor]} */
function parts([a, b, c]) {
  if (a && b && c) return [a, b, c]
  throw new Error('a product of three gates has three parts')
}
