import type { Initializer } from '../../ir/program'
import { coupledLstmKind, lstmKind } from '../../ops/lstm/lstm'
import type { CallField } from '../../ops/recurrent/recurrentCall'
import type { RecurrentKind } from '../../ops/recurrent/recurrentSlots'
import { defineNode } from '../defineNode'
import { OUT } from '../lowering'
import {
  describeOptions,
  emitRecurrent,
  hiddenSetting,
  layerNormSetting,
  type RecurrentWidths,
  recurrentDropoutSetting,
  recurrentPorts,
  recurrentShapes,
  statePortsSetting,
} from '../recurrent'
import { plural } from '../words'

/** What differs between gates of their own and coupled ones, where forgetting is 1 − input. */
interface Layout {
  kind: RecurrentKind
  /** How the bias starts so that the forget gate's begins with `value`. */
  bias(value: number): Initializer
  peepholes: Readonly<Partial<Record<CallField, string>>>
  /** Gates that telemetry watches, and their blocks. */
  watched: readonly { gate: string; block: number }[]
}

/** PyTorch's order i f g o. */
const OWN: Layout = {
  kind: lstmKind,
  bias: (value) => ({ kind: 'gateBias', blocks: 4, block: 1, value }),
  peepholes: { peepholeI: 'peephole_i', peepholeF: 'peephole_f', peepholeO: 'peephole_o' },
  watched: [
    { gate: 'forget', block: 1 },
    { gate: 'input', block: 0 },
    { gate: 'output', block: 3 },
  ],
}

/** Order i g o: sigmoid(−x) is 1 − sigmoid(x), so the forget gate's bias is that of the input gate turned round. */
const COUPLED: Layout = {
  kind: coupledLstmKind,
  bias: (value) => ({ kind: 'gateBias', blocks: 3, block: 0, value: 0 - value }),
  peepholes: { peepholeI: 'peephole_i', peepholeO: 'peephole_o' },
  watched: [
    { gate: 'input', block: 0 },
    { gate: 'output', block: 2 },
  ],
}

/** The cells are the memory; what is handed on is one number for each, or fewer. */
function widthsOf({ hidden, projection }: { hidden: number; projection: number }): RecurrentWidths {
  return { state: projection > 0 ? projection : hidden, memory: hidden }
}

/**
 * Long short-term memory: [T, B, I] → [T, B, H], or [T, B, P] with a projection (PyTorch's `proj_size`). Peepholes (Gers & Schmidhuber 2000) are weights peephole_i, peephole_f and
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
  picture: { kind: 'cell', gates: ['forget', 'input', 'output'] },
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
    projection: {
      kind: 'integer',
      label: 'Numbers handed on',
      zero: 'as many as cells',
      help: 'How many numbers come out at every step and go back in at the next. At 0 one for each memory cell; fewer make a large memory cheaper, because trained weights squeeze it.',
      minimum: 0,
      maximum: 2047,
      default: 0,
    },
    recurrentDropout: recurrentDropoutSetting,
    layerNorm: layerNormSetting,
    statePorts: statePortsSetting,
  },
  ports: (settings) => recurrentPorts(settings.statePorts, widthsOf(settings)),
  describe(settings) {
    const { hidden, projection, peepholes, coupled } = settings
    const kinds = [
      ...(projection > 0 ? [`hands on ${projection}`] : []),
      ...(peepholes ? ['peepholes'] : []),
      ...(coupled ? ['coupled'] : []),
      ...describeOptions(settings),
    ]
    return [plural(hidden, 'memory cell'), ...kinds].join(', ')
  },
  shapes({ node, model, title, settings, problem }) {
    const { hidden, projection, statePorts } = settings
    if (projection >= hidden) {
      const edit = { kind: 'setSetting', model, node, setting: 'projection', value: 0 } as const
      problem({
        code: 'lstm.projection',
        message: `${title} hands on ${plural(projection, 'number')}, but it must be fewer than its ${plural(hidden, 'memory cell')}; 0 hands on one for each.`,
        setting: 'projection',
        fix: { label: 'Hand on one number for each memory cell', edits: [edit] },
      })
      return null
    }
    return recurrentShapes(statePorts, widthsOf(settings))
  },
  lower(context) {
    const { builder, lengths, settings } = context
    const { kind, bias, peepholes, watched } = settings.coupled ? COUPLED : OWN
    const { ports, outputs } = emitRecurrent(context, {
      kind,
      hidden: settings.hidden,
      recurrentDropout: settings.recurrentDropout,
      layerNorm: settings.layerNorm,
      names: [OUT, 'gates', 'cells'],
      bias: bias(settings.forgetBias),
      ...(settings.peepholes ? { peepholes } : {}),
      ...(settings.projection > 0 ? { projection: settings.projection } : {}),
    })
    const statistics = builder.emitProbe(
      'gateStatistics',
      [outputs[1] ?? null, lengths],
      { blocks: watched.map(({ block }) => block).join(), gateCount: kind.gates },
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
