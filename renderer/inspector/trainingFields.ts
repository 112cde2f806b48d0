import type { Setting } from '../../engine/nodes/settings'

export type TrainingField =
  | 'epochs'
  | 'stopAfter'
  | 'batchSize'
  | 'carry'
  | 'gather'
  | 'optimizer'
  | 'nesterov'
  | 'seed'

/** The training settings whose control follows from their kind. */
export const trainingFields: Readonly<Record<TrainingField, Setting>> = {
  epochs: {
    kind: 'integer',
    label: 'Epochs',
    help: 'How many times training goes through all examples. More takes longer; the best weights on the way are kept.',
    minimum: 1,
    maximum: 100_000,
    default: 20,
  },
  stopAfter: {
    kind: 'integer',
    label: 'Stop early after',
    help: 'Ends the run when the validation loss has not got better for so many epochs; the best weights are kept. 0 switches it off.',
    unit: 'epochs',
    zero: 'never',
    minimum: 0,
    maximum: 100_000,
    default: 0,
  },
  batchSize: {
    kind: 'integer',
    label: 'Examples per step',
    help: 'How many examples are looked at before the weights are changed once. More is steadier and faster per example; fewer often learns better.',
    minimum: 1,
    maximum: 65_536,
    default: 32,
  },
  gather: {
    kind: 'integer',
    label: 'Batches per change',
    help: 'The weights change once after so many batches, by what all of them taught together: as with more examples per step, but without their memory. 1 is usual.',
    minimum: 1,
    maximum: 1024,
    default: 1,
  },
  carry: {
    kind: 'switch',
    label: 'Carry memory from window to window',
    help: 'Reads the text in order: each window begins with what the layers remembered at the end of the one before, so that they can learn to use more than one window shows.',
    default: false,
  },
  optimizer: {
    kind: 'choice',
    label: 'Optimizer',
    help: 'The rule by which the weights are changed.',
    options: [
      { value: 'adam', label: 'Adam', help: 'Finds a step size for each weight; the usual choice' },
      {
        value: 'adamw',
        label: 'AdamW',
        help: 'Adam that also keeps weights small, with Weight decay; usual for Transformers',
      },
      {
        value: 'sgd',
        label: 'Plain descent (SGD)',
        help: 'One step size for all; needs a larger learning rate, and is steadier with Momentum',
      },
      { value: 'rmsprop', label: 'RMSprop', help: 'A step size for each weight, from its latest gradients' },
      {
        value: 'adagrad',
        label: 'Adagrad',
        help: 'A step size for each weight that only shrinks; good for rare words, needs a larger learning rate',
      },
    ],
    default: 'adam',
  },
  nesterov: {
    kind: 'switch',
    label: 'Look ahead (Nesterov)',
    help: 'Judges the slope a little further along the way that momentum leads, so that it brakes earlier.',
    default: false,
  },
  seed: {
    kind: 'integer',
    label: 'Seed',
    help: 'Where chance begins: the same seed gives the same run, digit for digit. Change it to see how much was luck.',
    minimum: 0,
    maximum: 0xffffffff,
    default: 1,
  },
}

/** What every training setting is called, by its key in the document. */
export const trainingLabels: ReadonlyMap<string, string> = new Map([
  ...Object.entries(trainingFields).map(([key, { label }]) => [key, label] as const),
  ['learningRate', 'Learning rate'],
  ['schedule', 'Learning rate over time'],
  ['momentum', 'Momentum'],
  ['weightDecay', 'Weight decay'],
  ['clipNorm', 'Largest gradient'],
  ['clipValue', 'Largest number in a gradient'],
])
