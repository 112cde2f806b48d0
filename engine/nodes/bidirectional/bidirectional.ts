import { assertNever } from '../../base/invariant'
import type { ValueId } from '../../ir/program'
import { defineNode } from '../defineNode'
import { frameIn, frameOut, framePorts } from '../frame'
import { featuresOf, IN, inputShape, inputValue, OUT } from '../lowering'

const FORWARD = 0
const BACKWARD = 1

/**
 * What it holds twice, side by side, as PyTorch's `bidirectional=True` (Schuster & Paliwal 1997): once on the sequence, once on each
 * example's valid steps from last to first, whose result is turned back. [T, B, F] → [T, B, 2G] or, added up, [T, B, G].
 */
export const bidirectional = defineNode({
  type: 'bidirectional',
  title: 'Bidirectional',
  letter: 'Bi',
  category: 'remember',
  summary: 'Reads forwards and backwards at once with what it holds.',
  help: {
    what: 'What you put into the frame is laid out twice, with weights of its own each time: one reads every example from its beginning, the other from its end. At each step both results are brought together.',
    why: 'A memory that reads only forwards knows nothing of what is still to come. Whether “lead” is a metal or a verb often shows only in the words behind it.',
    when: 'Around an LSTM or a GRU, when the whole example is known beforehand: to label a text or each of its words. Not to foretell what comes next, for it would read the answer.',
  },
  picture: { kind: 'bothWays' },
  synonyms: ['bilstm', 'both ways', 'backward', 'reverse', 'two directions', 'blstm', 'frame', 'birnn'],
  settings: {
    merge: {
      kind: 'choice',
      label: 'Bring together by',
      help: 'How the results of both directions become one. Side by side keeps everything and is twice as wide.',
      options: [
        {
          value: 'concat',
          label: 'Side by side',
          help: 'The numbers of the forward reading, then those of the backward one.',
        },
        { value: 'sum', label: 'Sum', help: 'Both are added number by number; as wide as one of them.' },
        {
          value: 'average',
          label: 'Average',
          help: 'The middle between both, number by number; as wide as one of them.',
        },
      ],
      default: 'concat',
    },
  },
  ports: () => framePorts('sequence in', 'both readings together'),
  describe: ({ merge }) =>
    `both ways, ${merge === 'concat' ? 'side by side' : merge === 'sum' ? 'summed' : 'averaged'}`,
  wants: ({ merge }, _data, wanted, content) => ({ [IN]: content.wants(ofOneReading(merge, wanted[OUT] ?? null)) }),
  shapes({ settings: { merge }, inputs, wanted, content }) {
    const shape = inputShape(inputs, IN)
    const each = ofOneReading(merge, wanted[OUT] ?? null)
    const left = [FORWARD, BACKWARD].map((copy) => content.shape(copy, shape, each))
    const [forward = null] = left
    if (forward === null) return null
    const features = featuresOf(forward)
    return { [OUT]: { kind: 'sequence', features: merge === 'concat' ? 2 * features : features } }
  },
  lower(context) {
    const { builder, lengths, settings } = context
    const x = inputValue(context, IN)
    const turned = (value: ValueId, name: string): ValueId => builder.emit('reverse', [value, lengths], {}, [name])[0]
    const forward = context.content(FORWARD, x)
    const backward = turned(context.content(BACKWARD, turned(x, 'turned')), 'turnedBack')
    const { merge } = settings
    switch (merge) {
      case 'concat':
        return { [OUT]: builder.emit('concat', [forward, backward], {}, [OUT])[0] }
      case 'sum':
        return { [OUT]: builder.emit('add', [forward, backward], {}, [OUT])[0] }
      case 'average': {
        const [sum] = builder.emit('add', [forward, backward], {}, ['sum'])
        return { [OUT]: builder.emit('scale', [sum], { factor: 0.5 }, [OUT])[0] }
      }
      default:
        return assertNever(merge)
    }
  },
  frame: {
    enter: frameIn,
    leave: frameOut,
    copies: () => [{ label: 'forward' }, { label: 'backward', reverse: true }],
    looksAhead: true,
  },
})

/** Features wanted of each of the two readings. */
function ofOneReading(merge: 'concat' | 'sum' | 'average', wanted: number | null): number | null {
  if (merge !== 'concat' || wanted === null) return wanted
  return wanted % 2 === 0 ? wanted / 2 : null
}
