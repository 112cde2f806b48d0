import { defineNode } from '../defineNode'
import { IN, inPort, inputShape, inputValue, OUT, outPort } from '../lowering'

const kinds = ['tokens', 'sequence', 'vector'] as const

/** A bend in a wire: [...] → [...], untouched. */
export const reroute = defineNode({
  type: 'reroute',
  title: 'Reroute point',
  letter: 'Rp',
  category: 'shape',
  summary: 'A bend in a wire: leads it around what is in the way.',
  help: {
    what: 'Takes any wire and hands on what it carries, to as many nodes as are wired to it. It computes nothing: the model is the same with it and without.',
    why: 'A wire that crosses half the canvas is hard to follow. Led along the edge, or split where its readers are, it can be read at a glance.',
    when: 'Alt and click on a wire, or a double click, sets one there; drag it where the wire should run. Deleting it puts the wire back.',
  },
  picture: { kind: 'pass' },
  synonyms: ['dot', 'bend', 'knot', 'waypoint', 'elbow', 'redirect'],
  settings: {},
  ports: () => ({ inputs: [inPort('anything in', kinds)], outputs: [outPort('the same out', kinds)] }),
  describe: () => 'hands on what comes in',
  wants: (_settings, _data, wanted) => ({ [IN]: wanted[OUT] ?? null }),
  shapes: ({ inputs }) => ({ [OUT]: inputShape(inputs, IN) }),
  lower: (context) => ({ [OUT]: inputValue(context, IN) }),
  passes: true,
})
