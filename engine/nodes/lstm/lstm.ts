import type { Initializer } from '../../ir/program'
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

/** What differs between gates of their own and coupled ones, where forgetting is 1 − input. */
interface Layout {
  op: string
  gateCount: number
  /** How the bias starts so that the forget gate's begins with `value`. */
  bias(value: number): Initializer
  peepholes: readonly string[]
  /** Gates that telemetry watches, and their blocks. */
  watched: readonly { gate: string; block: number }[]
}

/** PyTorch's order i f g o. */
const OWN: Layout = {
  op: 'lstm',
  gateCount: 4,
  bias: (value) => ({ kind: 'gateBias', blocks: 4, block: 1, value }),
  peepholes: ['peephole_i', 'peephole_f', 'peephole_o'],
  watched: [
    { gate: 'forget', block: 1 },
    { gate: 'input', block: 0 },
    { gate: 'output', block: 3 },
  ],
}

/** Order i g o: sigmoid(−x) is 1 − sigmoid(x), so the forget gate's bias is that of the input gate turned round. */
const COUPLED: Layout = {
  op: 'coupledLstm',
  gateCount: 3,
  bias: (value) => ({ kind: 'gateBias', blocks: 3, block: 0, value: 0 - value }),
  peepholes: ['peephole_i', 'peephole_o'],
  watched: [
    { gate: 'input', block: 0 },
    { gate: 'output', block: 2 },
  ],
}

/**
 * Long short-term memory: [T, B, I] → [T, B, H]. Peepholes (Gers & Schmidhuber 2000) are weights peephole_i, peephole_f and
 * peephole_o [H], which PyTorch does not have; they begin at 0, so that the layer begins as a plain one. With coupled gates (Greff
 * 2017's CIFG, not in PyTorch either) the weights have three blocks i g o, and there is no peephole_f.
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
    coupled: {
      kind: 'switch',
      label: 'Coupled gates',
      help: 'Forgets exactly as much as it takes in, so that one gate does the work of two: a quarter fewer weights, often as good. PyTorch has no such layer.',
      default: false,
    },
    statePorts: statePortsSetting,
  },
  ports: (settings) => recurrentPorts(settings, true),
  describe({ hidden, peepholes, coupled }) {
    const kinds = [...(peepholes ? ['peepholes'] : []), ...(coupled ? ['coupled'] : [])]
    return [plural(hidden, 'memory cell'), ...kinds].join(', ')
  },
  shapes: ({ settings }) => recurrentShapes(settings, true),
  lower(context) {
    const { builder, lengths, settings } = context
    const { op, gateCount, bias, peepholes, watched } = settings.coupled ? COUPLED : OWN
    const operands = recurrentOperands(context, gateCount, settings.hidden, bias(settings.forgetBias))
    const more = settings.peepholes
      ? peepholes.map((name) => context.parameter(name, [settings.hidden], { kind: 'zeros' }))
      : []
    const attributes = settings.peepholes ? { peepholes: true } : {}
    const names = [OUT, 'gates', 'cells']
    const { ports, outputs } = emitRecurrent(context, op, operands, attributes, names, { beside: true, more })
    const statistics = builder.emitProbe(
      'gateStatistics',
      [outputs[1] ?? null, lengths],
      { blocks: watched.map(({ block }) => block).join(), gateCount },
      ['gateStatistics'],
    )
    context.probe(
      'gates',
      watched.map(({ gate }) => gate),
      statistics[0],
    )
    return ports
  },
})
