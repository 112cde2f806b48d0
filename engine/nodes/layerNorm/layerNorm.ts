import { defineNode } from '../defineNode'
import { featuresOf, IN, inPort, inputShape, inputValue, OUT, outPort, resized } from '../lowering'
import { lowerLayerNorm } from '../norm'

/** PyTorch's LayerNorm over the features, ε 1e-5: [..., F] → [..., F]. */
export const layerNorm = defineNode({
  type: 'layerNorm',
  title: 'Layer norm',
  letter: 'Ln',
  category: 'represent',
  summary: 'Brings the numbers of each step to a common scale.',
  help: {
    what: 'At every step by itself it shifts and scales the numbers so that their mean is 0 and their spread is 1, then multiplies and shifts each by weights that it learns.',
    why: 'Layers learn faster and more safely when what comes in always has the same scale, however deep the model is.',
    when: 'Before or after a Self-attention or a Dense in a deep model. A Transformer block has its own already. After a single LSTM it seldom matters.',
  },
  picture: { kind: 'even' },
  synonyms: ['normalisation', 'normalization', 'layernorm', 'standardise', 'scale'],
  settings: {},
  ports: () => ({
    inputs: [inPort('sequence or vector in', ['sequence', 'vector'])],
    outputs: [outPort('the same, on a common scale', ['sequence', 'vector'])],
  }),
  describe: () => 'mean 0, spread 1',
  wants: (_settings, _data, wanted) => ({ [IN]: wanted[OUT] ?? null }),
  shapes: ({ inputs }) => ({ [OUT]: resized(inputShape(inputs, IN), featuresOf(inputShape(inputs, IN))) }),
  lower(context) {
    const features = featuresOf(inputShape(context.shapes.inputs, IN))
    return { [OUT]: lowerLayerNorm(context, inputValue(context, IN), features, '', OUT) }
  },
})
