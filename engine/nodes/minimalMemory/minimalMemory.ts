import type { ValueId } from '../../ir/program'
import { defineNode } from '../defineNode'
import { featuresOf, IN, inputShape, inputValue, OUT } from '../lowering'
import { emitLinearRecurrence, hiddenSetting, recurrentPorts, recurrentShapes, statePortsSetting } from '../recurrent'
import { plural } from '../words'

/**
 * minGRU (Feng et al. 2024, "Were RNNs all we needed?", the vanilla version): z = σ(linear_z(x)), c = linear_h(x), h = (1 − z) h + z c.
 * [T, B, I] → [T, B, H]. Weights linear_z and linear_h, each weight [H, I] and bias [H]; PyTorch has no such layer.
 */
export const minimalMemory = defineNode({
  type: 'minimalMemory',
  title: 'Minimal gated memory',
  letter: 'Mg',
  category: 'remember',
  summary: 'One gate, told by what comes in alone, decides what to keep.',
  help: {
    what: 'Every memory cell has one gate between 0 and 1: it says how much of the cell is replaced by something new at this step. Other than in a GRU, gate and new content look only at what comes in, not at the memory.',
    why: 'Nothing has to wait for the step before but one sum for each cell, so it is many times faster than an LSTM on long sequences and has a fraction of the weights.',
    when: 'For long sequences, or when an LSTM is too slow. One alone is weaker than an LSTM, because it cannot decide by what it remembers: stack two or three.',
  },
  picture: { kind: 'cell', gates: ['update'] },
  synonyms: ['mingru', 'minimal gru', 'linear recurrence', 'scan', 'fast', 'recurrent', 'memory', 'gates', 'rnn'],
  settings: {
    hidden: hiddenSetting,
    statePorts: statePortsSetting,
  },
  ports: ({ hidden, statePorts }) => recurrentPorts(statePorts, { state: hidden }),
  describe: ({ hidden }) => plural(hidden, 'memory cell'),
  shapes: ({ settings: { hidden, statePorts } }) => recurrentShapes(statePorts, { state: hidden }),
  lower(context) {
    const { builder, lengths, settings } = context
    const x = inputValue(context, IN)
    const features = featuresOf(inputShape(context.shapes.inputs, IN))
    const linear = (name: string): ValueId => {
      const weight = context.parameter(`${name}.weight`, [settings.hidden, features], { kind: 'glorotUniform' })
      const bias = context.parameter(`${name}.bias`, [settings.hidden], { kind: 'zeros' })
      return builder.emit('linear', [x, weight, bias], {}, [name])[0]
    }
    const [gate] = builder.emit('activation', [linear('linear_z')], { kind: 'sigmoid' }, ['gate'])
    const ports = emitLinearRecurrence(context, 'gatedRecurrence', gate, linear('linear_h'), OUT)
    const statistics = builder.emitProbe('gateStatistics', [gate, lengths], { blocks: '0', gateCount: 1 }, [
      'gateStatistics',
    ])
    context.probe('gates', ['input'], statistics[0])
    return ports
  },
})
