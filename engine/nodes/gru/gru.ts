import { defineNode } from '../defineNode'
import { OUT } from '../lowering'
import { hiddenSetting, recurrentOperands, recurrentPorts, recurrentShapes } from '../recurrent'
import { plural } from '../words'

const GATES = 3

/** Gated recurrent unit, reset after the matrix product: [T, B, I] → [T, B, H]. Gates in PyTorch's order r z n. */
export const gru = defineNode({
  type: 'gru',
  title: 'GRU',
  letter: 'G',
  category: 'remember',
  summary: 'A leaner LSTM: two gates decide what to keep and what to renew.',
  help: {
    what: 'Every memory cell has two gates between 0 and 1: the update gate decides how much of the old content stays, the reset gate how much of it is used when something new is made up.',
    why: 'It remembers over long stretches as an LSTM does, with three quarters of the weights, so it is somewhat faster and needs a little less data.',
    when: 'Wherever you would use an LSTM. On most tasks neither is clearly better: try both and compare.',
  },
  synonyms: ['gated recurrent unit', 'recurrent', 'memory', 'gates', 'cho', 'rnn'],
  settings: { hidden: hiddenSetting },
  ports: recurrentPorts,
  describe: ({ hidden }) => plural(hidden, 'memory cell'),
  shapes: ({ settings }) => recurrentShapes(settings.hidden),
  lower(context) {
    const { builder, lengths, settings } = context
    const operands = recurrentOperands(context, GATES, settings.hidden)
    const [out, gates] = builder.emit('gru', operands, {}, [OUT, 'gates', 'hidden'])
    const statistics = builder.emitProbe(
      'gateStatistics',
      [gates ?? null, lengths],
      { blocks: '0,1', gateCount: GATES },
      ['gateStatistics'],
    )
    context.probe('gates', ['reset', 'update'], statistics[0])
    return { [OUT]: out }
  },
})
