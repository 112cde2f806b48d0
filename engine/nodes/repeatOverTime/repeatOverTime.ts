import { defineNode } from '../defineNode'
import { featuresOf, IN, inPort, inputShape, inputValue, OUT, outPort } from '../lowering'

/** [B, F] → [T, B, F], the same at every valid step, 0 past each example's length. */
export const repeatOverTime = defineNode({
  type: 'repeatOverTime',
  title: 'Repeat for each step',
  letter: 'Re',
  category: 'shape',
  summary: 'Gives every step of a sequence the same vector.',
  help: {
    what: 'Takes one vector per example and lays it out as a sequence: the same numbers at every time step, as many steps as the example has.',
    why: 'What was found out about the whole example becomes known at each of its steps, where it can be joined with what stands there.',
    when: 'Behind Last step, Average or Attention over time, when each step needs the whole: join it side by side with the sequence, then tag each step.',
  },
  picture: { kind: 'repeat' },
  synonyms: ['repeat vector', 'broadcast', 'tile', 'expand', 'context', 'every step'],
  settings: {},
  adapts: [{ from: 'vector', to: 'sequence', rank: 5, label: 'repeat it for each step', showsWhole: true }],
  ports: () => ({
    inputs: [inPort('one vector per example', ['vector'])],
    outputs: [outPort('the same at every step', ['sequence'])],
  }),
  describe: () => 'the same at every step',
  wants: (_settings, _data, wanted) => ({ [IN]: wanted[OUT] ?? null }),
  shapes({ inputs, data, title, problem }) {
    if (data.target.kind === 'symbol') {
      problem({
        code: 'repeat.seesAhead',
        message: `${title} would show every step what the whole text holds, so the model could read off the next ${data.target.unit} instead of learning to foretell it. Take it out, and go on with the sequence itself.`,
      })
      return null
    }
    return { [OUT]: { kind: 'sequence', features: featuresOf(inputShape(inputs, IN)) } }
  },
  lower(context) {
    const [out] = context.builder.emit('repeatOverTime', [inputValue(context, IN), context.lengths], {}, [OUT])
    return { [OUT]: out }
  },
})
