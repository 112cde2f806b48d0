import { defineNode } from '../defineNode'
import { lowerPair, pairPorts, pairWants, sameShape } from '../pair'

/** [..., F] · [..., F], number by number. */
export const multiply = defineNode({
  type: 'multiply',
  title: 'Multiply',
  letter: 'Mu',
  category: 'shape',
  summary: 'Multiplies two sequences or vectors, number by number.',
  help: {
    what: 'Takes two inputs of the same kind and width and multiplies the first number of one with the first of the other, and so on. Weights of its own it has none.',
    why: 'A gate: when one input lies between 0 and 1 it decides how much of the other passes. That is how the gates inside an LSTM work.',
    when: 'To build a gate of your own: a Dense with sigmoid on one side, what it should let through on the other.',
  },
  picture: { kind: 'join', how: 'multiply' },
  synonyms: ['product', 'times', 'gate', 'gating', 'hadamard', 'merge'],
  settings: {},
  ports: () => pairPorts('the product'),
  describe: () => 'number by number',
  wants: pairWants,
  shapes: (context) => sameShape(context),
  lower: (context) => lowerPair(context, 'multiply'),
})
