import * as tf from '@tensorflow/tfjs-core'
import * as layers from '@tensorflow/tfjs-layers'
import { filled } from './layer.mjs'
import { recurrentWeights, squaresOf, tensor } from './weights.mjs'

/** @typedef {Extract<import('../configurations.mjs').Configuration, { kind: 'streaming' }>} Shape */

/**
 * The cell of an LSTM that reads one time step after another and goes on from its state.
 *
 * @param {Shape} c
 * @param {import('./weights.mjs').Tensors} tensors
 * @returns {import('../tfjsPeer.mjs').Loaded}
 */
export function loadStream({ input, hidden, steps }, tensors) {
  const cell = layers.layers.lstmCell({
    ...filled,
    units: hidden,
    recurrentActivation: 'sigmoid',
    unitForgetBias: false,
  })
  const nothing = () => [tf.zeros([1, hidden]), tf.zeros([1, hidden])]
  // A cell is meant to be inside a layer, which builds and calls it like this.
  cell.build([null, input])
  cell.setWeights(recurrentWeights(tensors, 'memory'))
  const parts = tf.unstack(tf.reshape(tensor(tensors, 'batch.input'), [steps, 1, input]))
  /** @type {tf.Tensor[]} output, state and memory */
  let kept = [tf.zeros([1, hidden]), ...nothing()]
  let at = 0
  const step = () => {
    const before = kept
    const [, state, memory] = before
    const x = parts[at++ % steps]
    if (!x || !state || !memory) throw new Error('a cell has a state and a memory')
    kept = tf.tidy(() => /** @type {tf.Tensor[]} */ (cell.call([x, state, memory], {})))
    tf.dispose(before)
  }
  for (let count = 0; count < steps; count++) step()
  const [output] = kept
  if (!output) throw new Error('a cell has an output')
  return { first: { loss: squaresOf(output) / hidden, gradientNorm: null }, step }
}
