import { defineNode } from '../defineNode'
import { OUT } from '../lowering'
import { lowerPair, pairPorts, sameKind } from '../pair'

/** [..., P] and [..., Q] → [..., P + Q]. */
export const concat = defineNode({
  type: 'concat',
  title: 'Join side by side',
  letter: 'J',
  category: 'shape',
  summary: 'Lays the numbers of two inputs next to each other.',
  help: {
    what: 'At every step it writes the numbers of the second input behind those of the first: 64 and 32 numbers become 96. Nothing is added up and nothing is lost.',
    why: 'The next node then sees both and learns by itself how much to make of each.',
    when: 'To bring two branches together that say different things, or to hand the raw measurements past a layer along with what it made of them.',
  },
  picture: { kind: 'join', how: 'sideBySide' },
  synonyms: ['concat', 'concatenate', 'stack', 'append', 'merge', 'combine'],
  settings: {},
  ports: () => pairPorts('both side by side'),
  describe: () => 'one behind the other',
  shapes(context) {
    const pair = sameKind(context)
    if (pair === null) return null
    const [a, b] = pair
    return { [OUT]: { kind: a.kind, features: a.features + b.features } }
  },
  lower: (context) => lowerPair(context, 'concat'),
})
