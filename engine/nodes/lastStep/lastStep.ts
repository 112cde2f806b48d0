import { defineNode } from '../defineNode'
import { featuresOf, IN, inPort, inputShape, inputValue, OUT, outPort } from '../lowering'

/** [T, B, F] → [B, F]: each example's last valid step. */
export const lastStep = defineNode({
  type: 'lastStep',
  title: 'Last step',
  letter: 'Ls',
  category: 'shape',
  summary: 'Keeps what stands at the end of each example.',
  help: {
    what: 'Lets the last time step of each example through and drops the others. Examples of different lengths each give their own last step.',
    why: 'A recurrent layer has then seen the whole example, so its last memory sums it up: just what an output needs that gives one answer for the whole.',
    when: 'Between a recurrent layer and a Forecast or Classify. When the answer can hang on any part of a long text, also try Average over time.',
  },
  picture: { kind: 'gather', keeps: 'last' },
  synonyms: ['final', 'end', 'pooling', 'many to one', 'summary'],
  settings: {},
  ports: () => ({
    inputs: [inPort('sequence in', ['sequence'])],
    outputs: [outPort('vector out', ['vector'])],
  }),
  describe: () => 'one vector per example',
  wants: (_settings, _data, wanted) => ({ [IN]: wanted[OUT] ?? null }),
  shapes: ({ inputs }) => ({ [OUT]: { kind: 'vector', features: featuresOf(inputShape(inputs, IN)) } }),
  lower(context) {
    const [out] = context.builder.emit('lastStep', [inputValue(context, IN), context.lengths], {}, [OUT])
    return { [OUT]: out }
  },
  adapts: [{ from: 'sequence', to: 'vector', rank: 0, label: 'keep the last step', keepsOneStep: true }],
})
