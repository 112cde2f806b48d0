import { defineNode } from '../defineNode'
import { featuresOf, IN, inPort, inputShape, inputValue, OUT, outPort } from '../lowering'

/** [T, B, F] → [B, F]: the largest over each example's valid steps, feature by feature. */
export const maxOverTime = defineNode({
  type: 'maxOverTime',
  title: 'Maximum over time',
  letter: 'Mx',
  category: 'shape',
  summary: 'Keeps the strongest that each number ever was in an example.',
  help: {
    what: 'Looks through all time steps of an example and keeps, for each number by itself, its largest value. Empty steps at the end of shorter examples do not count.',
    why: 'One strong sign anywhere in an example comes through whole, where an average would thin it out. Training goes back to the very step that gave it.',
    when: 'When a single telling word or event decides about the whole example. When all steps matter a little, use Average over time.',
  },
  picture: { kind: 'gather', keeps: 'largest' },
  synonyms: ['max', 'pooling', 'largest', 'many to one', 'summary', 'peak'],
  settings: {},
  ports: () => ({
    inputs: [inPort('sequence in', ['sequence'])],
    outputs: [outPort('vector out', ['vector'])],
  }),
  describe: () => 'one vector per example',
  wants: (_settings, _data, wanted) => ({ [IN]: wanted[OUT] ?? null }),
  shapes: ({ inputs }) => ({ [OUT]: { kind: 'vector', features: featuresOf(inputShape(inputs, IN)) } }),
  lower(context) {
    const inputs = [inputValue(context, IN), context.lengths]
    const [out] = context.builder.emit('maxOverTime', inputs, {}, [OUT, 'steps'])
    return { [OUT]: out }
  },
})
