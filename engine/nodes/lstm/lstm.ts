import { defineNode } from '../defineNode'
import { OUT } from '../lowering'
import { hiddenSetting, recurrentOperands, recurrentPorts, recurrentShapes } from '../recurrent'
import { plural } from '../words'

const GATES = 4
/** Position of the forget gate in PyTorch's order i f g o. */
const FORGET = 1

/** Long short-term memory: [T, B, I] → [T, B, H]. */
export const lstm = defineNode({
  type: 'lstm',
  title: 'LSTM',
  letter: 'L',
  category: 'remember',
  summary: 'Keeps a memory that gates write, keep and read.',
  help: {
    what: 'Every memory cell has three gates, little switches between 0 and 1 that the model learns to turn: the input gate lets something new in, the forget gate keeps or clears what is there, the output gate shows it to the next node.',
    why: 'While the forget gate stays near 1 a cell hands its content on unchanged, so it can remember for hundreds of steps, and training can still reach back that far. A plain RNN cannot.',
    when: 'The safe first choice for text, measurements and anything in which earlier steps matter. Stack two for harder tasks. A GRU is a little smaller and often as good.',
  },
  synonyms: ['long short-term memory', 'recurrent', 'memory', 'gates', 'hochreiter', 'rnn'],
  settings: {
    hidden: hiddenSetting,
    forgetBias: {
      kind: 'number',
      label: 'Forget bias at start',
      help: 'With 1 the cells start by keeping nearly everything, so early training can already learn from far back; with 0 they start by forgetting half at every step.',
      minimum: -2,
      maximum: 4,
      step: 0.1,
      default: 1,
    },
  },
  ports: recurrentPorts,
  describe: ({ hidden }) => plural(hidden, 'memory cell'),
  shapes: ({ settings }) => recurrentShapes(settings.hidden),
  lower(context) {
    const { builder, lengths, settings } = context
    const operands = recurrentOperands(context, GATES, settings.hidden, {
      kind: 'gateBias',
      blocks: GATES,
      block: FORGET,
      value: settings.forgetBias,
    })
    const [out, gates] = builder.emit('lstm', operands, {}, [OUT, 'gates', 'cells'])
    const statistics = builder.emitProbe(
      'gateStatistics',
      [gates ?? null, lengths],
      { blocks: '1,0,3', gateCount: GATES },
      ['gateStatistics'],
    )
    context.probe('gates', ['forget', 'input', 'output'], statistics[0])
    return { [OUT]: out }
  },
})
