import { defineNode } from '../defineNode'
import { featuresOf, IN, inputShape, inputValue, OUT } from '../lowering'
import {
  emitLinearRecurrence,
  hiddenSetting,
  recurrentPorts,
  recurrentShapes,
  STATE,
  statePortsSetting,
} from '../recurrent'
import { plural } from '../words'

/** Rings in the complex plane on which the eigenvalues begin, and how far they turn at each step at most. */
const RINGS = {
  any: { minimum: 0, maximum: 0.999, phase: 2 * Math.PI },
  long: { minimum: 0.9, maximum: 0.999, phase: Math.PI / 10 },
} as const

/**
 * The linear recurrent unit (Orvieto et al. 2023, "Resurrecting recurrent neural networks for long sequences"): x_t = λ ⊙ x_{t−1} +
 * γ ⊙ (B u_t), y_t = Re(C x_t) + D ⊙ u_t, x and λ complex [N], then an activation; [T, B, F] → [T, B, F]. |λ| < 1 whatever the weights
 * are (see op `eigenvalues`). Weights: nu [N], theta [N]; B [2N, F], its real parts and then its imaginary ones; C [F, 2N], real parts
 * and then the imaginary ones with their sign turned round, so that Re(C x) is one product; D [F]. The state [B, 2N] is real parts and
 * then imaginary ones. Starts as in the paper's appendix A.
 */
export const stateSpace = defineNode({
  type: 'stateSpace',
  title: 'State space',
  letter: 'S',
  category: 'remember',
  summary: 'A bank of fading oscillations, each with a memory of its own length.',
  help: {
    what: 'Every memory cell is like a bell: what comes in strikes it, and it goes on ringing at its own pitch while it fades at its own speed. What comes out is a mixture of all bells and of what came in just now. The model learns pitches, speeds and mixtures.',
    why: 'Each cell fades evenly, so it can hold on for hundreds of steps without gates, and every step is a handful of multiplications: fast on long sequences, and it never runs away.',
    when: 'For long measurements and signals, alone or with attention behind it. Stack two or more, each with an Add around it and a Layer norm in front. A gated memory is better where the model must decide what to keep.',
  },
  picture: { kind: 'fading' },
  synonyms: [
    'ssm',
    's4',
    's4d',
    'lru',
    'linear recurrent unit',
    'mamba',
    'filter',
    'oscillation',
    'long',
    'memory',
    'scan',
  ],
  settings: {
    hidden: {
      ...hiddenSetting,
      help: 'How many fading oscillations it keeps, each with two numbers. More can hold more, but train slower.',
    },
    reach: {
      kind: 'choice',
      label: 'Memory at the start',
      help: 'How long the cells remember before they have learned anything. They learn to remember longer or shorter from there.',
      options: [
        { value: 'any', label: 'Of any length', help: 'From one step to hundreds, any pitch: the usual choice.' },
        {
          value: 'long',
          label: 'Long',
          help: 'From about ten steps to a thousand, slow pitches: for very long sequences.',
        },
      ],
      default: 'any',
    },
    activation: {
      kind: 'choice',
      label: 'Activation',
      help: 'How each number is bent before it goes on. Without it two State space nodes in a row can do no more than one.',
      options: [
        { value: 'gelu', label: 'GELU', help: 'Smoothly lets large numbers through: the usual choice.' },
        { value: 'none', label: 'None', help: 'Numbers go out as they are: when something behind it bends them.' },
      ],
      default: 'gelu',
    },
    statePorts: statePortsSetting,
  },
  ports({ hidden, statePorts }) {
    const { inputs, outputs } = recurrentPorts(statePorts, { state: 2 * hidden })
    const two = inputs.map((port) =>
      port.features ? { ...port, features: { ...port.features, meaning: 'two per memory cell' } } : port,
    )
    return { inputs: two, outputs }
  },
  describe({ hidden, reach }) {
    const cells = plural(hidden, 'memory cell')
    return reach === 'any' ? cells : `${cells}, ${reach}`
  },
  wants: (_settings, _data, wanted) => ({ [IN]: wanted[OUT] ?? null }),
  shapes({ inputs, settings: { hidden, statePorts } }) {
    const features = featuresOf(inputShape(inputs, IN))
    return { ...recurrentShapes(statePorts, { state: 2 * hidden }), [OUT]: { kind: 'sequence', features } }
  },
  lower(context) {
    const { builder, settings } = context
    const { hidden, activation } = settings
    const ring = RINGS[settings.reach]
    const u = inputValue(context, IN)
    const features = featuresOf(inputShape(context.shapes.inputs, IN))
    const nu = context.parameter('nu', [hidden], { kind: 'ringDecay', minimum: ring.minimum, maximum: ring.maximum })
    const theta = context.parameter('theta', [hidden], { kind: 'ringPhase', maximum: ring.phase })
    const normal = (name: string, dims: readonly number[], variance: number) =>
      context.parameter(name, dims, { kind: 'normal', deviation: Math.sqrt(variance) })
    const into = normal('B', [2 * hidden, features], 1 / (2 * features))
    const [coefficients] = builder.emit('eigenvalues', [nu, theta])
    const [drive] = builder.emit('linear', [u, into, null], {}, ['drive'])
    const { [OUT]: states, ...ends } = emitLinearRecurrence(context, 'complexRecurrence', drive, coefficients, 'states')
    const last = ends[STATE]
    // Where its last state is all that is read, nothing would say a gradient of what makes the output.
    if (last !== undefined && !context.isRead(OUT)) return { [STATE]: last }

    const out = normal('C', [features, 2 * hidden], 1 / hidden)
    const skip = normal('D', [features], 1)
    const [mixed] = builder.emit('linear', [states, out, null], {}, ['mixed'])
    const [skipped] = builder.emit('scaleFeatures', [u, skip], {}, ['skipped'])
    const [sum] = builder.emit('add', [mixed, skipped], {}, ['sum'])
    const [y] = activation === 'none' ? [sum] : builder.emit('gelu', [sum], {}, [OUT])
    return { [OUT]: y, ...(last === undefined ? {} : { [STATE]: last }) }
  },
})
