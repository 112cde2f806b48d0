import { defineNode } from '../defineNode'
import { OUT } from '../lowering'
import {
  emitRecurrent,
  hiddenSetting,
  recurrentOperands,
  recurrentPorts,
  recurrentShapes,
  statePortsSetting,
} from '../recurrent'
import { plural } from '../words'

const GATES = 4
/** Position of the forget gate in PyTorch's order i f g o. */
const FORGET = 1
const PEEPHOLES = ['peephole_i', 'peephole_f', 'peephole_o']

/**
 * Long short-term memory: [T, B, I] → [T, B, H]. Peepholes (Gers & Schmidhuber 2000) are weights peephole_i, peephole_f and
 * peephole_o [H], which PyTorch does not have; they begin at 0, so that the layer begins as a plain one.
 */
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
    peepholes: {
      kind: 'switch',
      label: 'Peepholes',
      help: 'Lets the gates look at the memory itself, with one weight for each gate and cell. Can help where exact timing matters; PyTorch has no such layer.',
      default: false,
    },
    statePorts: statePortsSetting,
  },
  ports: (settings) => recurrentPorts(settings, true),
  describe: ({ hidden, peepholes }) => `${plural(hidden, 'memory cell')}${peepholes ? ', peepholes' : ''}`,
  shapes: ({ settings }) => recurrentShapes(settings, true),
  lower(context) {
    const { builder, lengths, settings } = context
    const operands = recurrentOperands(context, GATES, settings.hidden, {
      kind: 'gateBias',
      blocks: GATES,
      block: FORGET,
      value: settings.forgetBias,
    })
    const more = settings.peepholes
      ? PEEPHOLES.map((name) => context.parameter(name, [settings.hidden], { kind: 'zeros' }))
      : []
    const attributes = settings.peepholes ? { peepholes: true } : {}
    const names = [OUT, 'gates', 'cells']
    const { ports, outputs } = emitRecurrent(context, 'lstm', operands, attributes, names, { beside: true, more })
    const statistics = builder.emitProbe(
      'gateStatistics',
      [outputs[1] ?? null, lengths],
      { blocks: '1,0,3', gateCount: GATES },
      ['gateStatistics'],
    )
    context.probe('gates', ['forget', 'input', 'output'], statistics[0])
    return ports
  },
})
