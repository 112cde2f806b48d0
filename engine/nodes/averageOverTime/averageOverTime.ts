import { defineNode } from '../defineNode'
import { featuresOf, IN, inPort, inputShape, inputValue, OUT, outPort } from '../lowering'

/** [T, B, F] → [B, F]: the mean over each example's valid steps. */
export const averageOverTime = defineNode({
  type: 'averageOverTime',
  title: 'Average over time',
  letter: 'Av',
  category: 'shape',
  summary: 'Blends all steps of an example into one.',
  help: {
    what: 'Adds up all time steps of an example and divides by their number. Empty steps at the end of shorter examples do not count.',
    why: 'Every step has the same say, so nothing is lost that happened early, and training reaches every step directly.',
    when: 'To judge a whole text, where the telling words may stand anywhere. When the end matters most, as in a forecast, use Last step.',
  },
  picture: { kind: 'gather', keeps: 'average' },
  synonyms: ['mean', 'pooling', 'average', 'many to one', 'summary'],
  settings: {},
  ports: () => ({
    inputs: [inPort('sequence in', ['sequence'])],
    outputs: [outPort('vector out', ['vector'])],
  }),
  describe: () => 'one vector per example',
  wants: (_settings, _data, wanted) => ({ [IN]: wanted[OUT] ?? null }),
  shapes: ({ inputs }) => ({ [OUT]: { kind: 'vector', features: featuresOf(inputShape(inputs, IN)) } }),
  lower(context) {
    const [out] = context.builder.emit('averageOverTime', [inputValue(context, IN), context.lengths], {}, [OUT])
    return { [OUT]: out }
  },
  adapts: [{ from: 'sequence', to: 'vector', rank: 1, label: 'average over time' }],
})
