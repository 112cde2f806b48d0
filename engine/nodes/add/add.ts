import { defineNode } from '../defineNode'
import { lowerPair, pairPorts, pairWants, sameShape } from '../pair'

/** [..., F] + [..., F], number by number. */
export const add = defineNode({
  type: 'add',
  title: 'Add',
  letter: 'Ad',
  category: 'shape',
  summary: 'Adds two sequences or vectors, number by number.',
  help: {
    what: 'Takes two inputs of the same kind and width and adds the first number of one to the first of the other, and so on. Weights of its own it has none.',
    why: 'A way around a layer: when what goes into a layer is added to what comes out, the layer only has to learn what to change, and training reaches far back through many layers.',
    when: 'Around a Self-attention or an LSTM of the same width (a residual connection), or to blend two branches that say the same kind of thing.',
  },
  picture: { kind: 'join', how: 'add' },
  synonyms: ['sum', 'plus', 'residual', 'skip connection', 'shortcut', 'merge'],
  settings: {},
  ports: () => pairPorts('the sum'),
  describe: () => 'number by number',
  wants: pairWants,
  shapes: (context) => sameShape(context),
  lower: (context) => lowerPair(context, 'add'),
})
