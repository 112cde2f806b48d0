import { defineNode } from '../defineNode'
import { IN, inPort, inputShape, inputValue, OUT, outPort } from '../lowering'

/** [T, B, F] → [T, B, F]: each example's valid steps from the last to the first. */
export const reverse = defineNode({
  type: 'reverse',
  title: 'Reverse',
  letter: 'Rv',
  category: 'shape',
  summary: 'Turns each example round, so that it begins with its end.',
  help: {
    what: 'Puts the time steps of each example in reverse order: the last comes first. Examples of different lengths are each turned within their own length.',
    why: 'A recurrent layer behind it reads backwards. Turned round once more, its memory of what is still to come stands beside the memory of what has been.',
    when: 'Around one of two recurrent layers that read the same data in opposite directions, their results joined by Concat, when the whole example is known beforehand.',
  },
  picture: { kind: 'reverse' },
  synonyms: ['flip', 'backward', 'bidirectional', 'turn', 'mirror', 'order'],
  settings: {},
  ports: () => ({
    inputs: [inPort('sequence in', ['sequence'])],
    outputs: [outPort('the same, from its end', ['sequence'])],
  }),
  describe: () => 'from last to first',
  wants: (_settings, _data, wanted) => ({ [IN]: wanted[OUT] ?? null }),
  shapes({ inputs, data, title, problem }) {
    if (data.target.kind === 'symbol') {
      problem({
        code: 'reverse.seesAhead',
        message: `${title} begins with the end of the text, so the model could read off the next ${data.target.unit} instead of learning to foretell it. Take it out, and go on with the sequence as it was.`,
      })
      return null
    }
    return { [OUT]: inputShape(inputs, IN) }
  },
  lower(context) {
    const [out] = context.builder.emit('reverse', [inputValue(context, IN), context.lengths], {}, [OUT])
    return { [OUT]: out }
  },
})
