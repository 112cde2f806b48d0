import { gruKind } from '../../ops/gru/gru'
import { defineNode } from '../defineNode'
import { OUT } from '../lowering'
import {
  describeOptions,
  emitRecurrent,
  hiddenSetting,
  layerNormSetting,
  recurrentDropoutSetting,
  recurrentPorts,
  recurrentShapes,
  statePortsSetting,
} from '../recurrent'
import { plural } from '../words'

/**
 * Gated recurrent unit: [T, B, I] → [T, B, H]. Gates in PyTorch's order r z n; `reset` says whether r acts on the product of the
 * candidate's weight with the state (PyTorch) or on the state before it (Cho 2014), with the same weights.
 */
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
  picture: { kind: 'cell', gates: ['reset', 'update'] },
  synonyms: ['gated recurrent unit', 'recurrent', 'memory', 'gates', 'cho', 'rnn'],
  settings: {
    hidden: hiddenSetting,
    reset: {
      kind: 'choice',
      label: 'Reset gate',
      help: 'Where the reset gate acts when something new is made up. Results are about the same; choose what you want to compare with.',
      options: [
        {
          value: 'after',
          label: 'After mixing',
          help: 'As PyTorch and cuDNN do: the old content is mixed first, then reset.',
        },
        {
          value: 'before',
          label: 'Before mixing',
          help: 'As first published in 2014: the old content is reset, then mixed.',
        },
      ],
      default: 'after',
    },
    recurrentDropout: recurrentDropoutSetting,
    layerNorm: layerNormSetting,
    statePorts: statePortsSetting,
  },
  ports: ({ hidden, statePorts }) => recurrentPorts(statePorts, { state: hidden }),
  describe(settings) {
    const { hidden, reset } = settings
    const kinds = reset === 'after' ? [] : ['reset first']
    return [plural(hidden, 'memory cell'), ...kinds, ...describeOptions(settings)].join(', ')
  },
  shapes: ({ settings: { hidden, statePorts } }) => recurrentShapes(statePorts, { state: hidden }),
  lower(context) {
    const { builder, lengths, settings } = context
    const { ports, outputs } = emitRecurrent(context, {
      kind: gruKind,
      hidden: settings.hidden,
      attributes: settings.reset === 'before' ? { reset: 'before' } : {},
      recurrentDropout: settings.recurrentDropout,
      layerNorm: settings.layerNorm,
      names: [OUT, 'gates', 'hidden'],
    })
    const statistics = builder.emitProbe(
      'gateStatistics',
      [outputs[1] ?? null, lengths],
      { blocks: '0,1', gateCount: gruKind.gates },
      ['gateStatistics'],
    )
    context.probe('gates', ['reset', 'update'], statistics[0])
    return ports
  },
})
