import { rnnKind } from '../../ops/rnn/rnn'
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

/** Elman's recurrent layer: [T, B, I] → [T, B, H]. */
export const rnn = defineNode({
  type: 'rnn',
  title: 'RNN',
  letter: 'R',
  category: 'remember',
  summary: 'The simplest memory: rewrites all of it at every step.',
  help: {
    what: 'At every time step it mixes what comes in with what it remembered, and that mixture is its new memory.',
    why: 'It is small, fast and easy to understand. But because the whole memory is rewritten each time, what happened more than about ten steps ago fades, and so does the signal that would teach it.',
    when: 'For short patterns, or to see for yourself what LSTM and GRU do better: train it beside one of them on the adding problem.',
  },
  picture: { kind: 'cell', gates: [], mixes: 'tanh' },
  synonyms: ['recurrent', 'vanilla', 'elman', 'simple', 'memory'],
  settings: {
    hidden: hiddenSetting,
    nonlinearity: {
      kind: 'choice',
      label: 'Activation',
      help: 'How each new memory is bent before it is kept.',
      options: [
        { value: 'tanh', label: 'Tanh', help: 'Kept between −1 and 1: the usual, stable choice.' },
        { value: 'relu', label: 'ReLU', help: 'Negative values become 0; may remember longer, may also run away.' },
      ],
      default: 'tanh',
    },
    recurrentDropout: recurrentDropoutSetting,
    layerNorm: layerNormSetting,
    statePorts: statePortsSetting,
  },
  ports: ({ hidden, statePorts }) => recurrentPorts(statePorts, { state: hidden }),
  describe(settings) {
    const { hidden, nonlinearity } = settings
    const kinds = nonlinearity === 'tanh' ? [] : [nonlinearity]
    return [plural(hidden, 'memory cell'), ...kinds, ...describeOptions(settings)].join(', ')
  },
  shapes: ({ settings: { hidden, statePorts } }) => recurrentShapes(statePorts, { state: hidden }),
  lower(context) {
    const { hidden, nonlinearity, recurrentDropout, layerNorm } = context.settings
    const layer = { kind: rnnKind, hidden, attributes: { nonlinearity }, recurrentDropout, layerNorm, names: [OUT] }
    return emitRecurrent(context, layer).ports
  },
})
