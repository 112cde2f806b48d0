import * as tf from '@tensorflow/tfjs-core'

/** @typedef {import('./tensorFile.mjs').FileTensor} FileTensor */
/** @typedef {Map<string, FileTensor>} Tensors */

/** A tensor of the file as it stands there. @param {Tensors} tensors @param {string} name */
export function tensor(tensors, name) {
  const found = tensors.get(name)
  if (found === undefined) throw new Error(`The first step has no ${name}.`)
  return tf.tensor(found.data, found.shape, found.data instanceof Int32Array ? 'int32' : 'float32')
}

/** PyTorch's [outputs, inputs] turned round, as TensorFlow multiplies. @param {Tensors} tensors @param {string} name */
export function turned(tensors, name) {
  return tf.tidy(() => tf.transpose(tensor(tensors, `param.${name}`)))
}

/**
 * Kernel, recurrent kernel and the one bias of a Keras layer: PyTorch's two biases are only ever added. Gates of an LSTM have the same
 * order i f g o in both.
 *
 * @param {Tensors} tensors
 * @param {string} prefix
 * @param {string} [suffix]
 */
export function recurrentWeights(tensors, prefix, suffix = 'l0') {
  const bias = tf.tidy(() =>
    tf.add(tensor(tensors, `param.${prefix}.bias_ih_${suffix}`), tensor(tensors, `param.${prefix}.bias_hh_${suffix}`)),
  )
  return [turned(tensors, `${prefix}.weight_ih_${suffix}`), turned(tensors, `${prefix}.weight_hh_${suffix}`), bias]
}

/** Sum of the squares of a tensor's numbers. @param {tf.Tensor} values */
export function squaresOf(values) {
  return tf.tidy(() => tf.sum(tf.square(values)).dataSync()[0] ?? Number.NaN)
}
