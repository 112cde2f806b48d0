import * as tf from '@tensorflow/tfjs-core'
import * as layers from '@tensorflow/tfjs-layers'
import { denseOf, embeddingOf } from './dense.mjs'
import { withWeights } from './layer.mjs'
import { tensor, turned } from './weights.mjs'

/** @typedef {import('./weights.mjs').Tensors} Tensors */
/** @typedef {import('./dense.mjs').Forward} Forward */
/** @typedef {Extract<import('../configurations.mjs').Configuration, { kind: 'transformer' }>} Shape */

/** A sum that takes a position out of the softmax. */
const HIDDEN = -1e9

/**
 * Tokens [B, T] → logits [B, T, V]: TensorFlow.js has no attention layer, so it is put together from its products.
 *
 * @param {Shape} c
 * @param {Tensors} tensors
 * @returns {Forward}
 */
export function transformer(c, tensors) {
  const { width, steps } = c
  const embed = embeddingOf(tensors, c.vocabulary)
  const blocks = Array.from({ length: c.layers }, (_, index) => block(c, tensors, `block-${index}`))
  const dense = denseOf(tensors, 'dense')
  const waves = tf.tensor2d(wavesOf(steps, width), [steps, width])
  return (x) => dense(blocks.reduce((y, one) => one(y), tf.add(embed(x), waves)))
}

/**
 * Norm before, GELU, looking back only.
 *
 * @param {Shape} c
 * @param {Tensors} tensors
 * @param {string} name
 * @returns {Forward}
 */
function block({ width, heads, steps }, tensors, name) {
  const attentionNorm = normOf(width, tensors, `${name}.norm1`)
  const thinkingNorm = normOf(width, tensors, `${name}.norm2`)
  const inKernel = tf.variable(turned(tensors, `${name}.self_attn.in_proj_weight`))
  const inBias = tf.variable(tensor(tensors, `param.${name}.self_attn.in_proj_bias`))
  const out = denseOf(tensors, `${name}.self_attn.out_proj`)
  const wide = denseOf(tensors, `${name}.linear1`)
  const narrow = denseOf(tensors, `${name}.linear2`)
  const mask = tf.tensor2d(
    Float32Array.from({ length: steps * steps }, (_, at) => (at % steps > Math.floor(at / steps) ? HIDDEN : 0)),
    [steps, steps],
  )
  const size = width / heads

  /** @param {tf.Tensor} x [B, T, width] @returns {tf.Tensor} */
  const attend = (x) => {
    const [batch = 0] = x.shape
    const all = tf.add(tf.matMul(tf.reshape(x, [-1, width]), inKernel), inBias)
    const [queries, keys, values] = tf
      .split(tf.reshape(all, [batch, steps, 3 * width]), 3, 2)
      .map((part) => tf.transpose(tf.reshape(part, [batch, steps, heads, size]), [0, 2, 1, 3]))
    if (!queries || !keys || !values) throw new Error('a product of three has three parts')
    const scores = tf.add(tf.mul(tf.matMul(queries, keys, false, true), 1 / Math.sqrt(size)), mask)
    const seen = tf.matMul(tf.softmax(scores), values)
    return out(tf.reshape(tf.transpose(seen, [0, 2, 1, 3]), [batch, steps, width]))
  }
  return (x) => {
    const found = tf.add(x, attend(attentionNorm(x)))
    return tf.add(found, narrow(gelu(wide(thinkingNorm(found)))))
  }
}

/** @param {number} width @param {Tensors} tensors @param {string} name @returns {Forward} */
function normOf(width, tensors, name) {
  const layer = layers.layers.layerNormalization({ epsilon: 1e-5 })
  return withWeights(layer, width, [tensor(tensors, `param.${name}.weight`), tensor(tensors, `param.${name}.bias`)])
}

/** x Φ(x), exact. @param {tf.Tensor} x @returns {tf.Tensor} */
function gelu(x) {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1))
}

/** Sine and cosine in turns (Vaswani 2017). @param {number} steps @param {number} width */
function wavesOf(steps, width) {
  return Float32Array.from({ length: steps * width }, (_, at) => {
    const column = at % width
    const angle = Math.floor(at / width) * Math.exp((-Math.log(10_000) * (column - (column % 2))) / width)
    return column % 2 === 0 ? Math.sin(angle) : Math.cos(angle)
  })
}
