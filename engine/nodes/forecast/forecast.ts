import { defineNode } from '../defineNode'
import { headPorts, lowerHead, targetOf } from '../heads'

const lossOps = { squared: 'meanSquaredError', absolute: 'meanAbsoluteError', huber: 'huber' } as const

/** Numbers for each example, measured by squared, absolute or Huber error on scaled targets. */
export const forecast = defineNode({
  type: 'forecast',
  title: 'Forecast',
  letter: 'F',
  category: 'output',
  summary: 'Says the numbers to come and is measured by how far off it is.',
  help: {
    what: 'Takes one number for each column to foretell and compares it with what really came. The loss is the mean of the differences, on scaled values: squared, or as Loss says.',
    why: 'Squaring makes one large miss worse than many small ones, so the model learns to avoid being badly wrong.',
    when: 'At the end of a model on measurements over time. Put a Dense with automatic size in front. Look whether it beats the simple guess drawn in the chart: “same as today” is hard to beat.',
  },
  synonyms: [
    'regression',
    'regress',
    'predict',
    'numbers',
    'mean squared error',
    'mse',
    'mean absolute error',
    'mae',
    'l1',
    'huber',
    'output',
    'time series',
  ],
  settings: {
    loss: {
      kind: 'choice',
      label: 'Loss',
      help: 'What counts as far off while the model learns. The mean error shown beside it is the same for all of them.',
      options: [
        {
          value: 'squared',
          label: 'Squared error',
          help: 'One large miss counts more than many small ones; the usual choice',
        },
        {
          value: 'absolute',
          label: 'Absolute error',
          help: 'Counts every miss by its size; single odd values matter little',
        },
        {
          value: 'huber',
          label: 'Huber',
          help: 'Squared for small misses, absolute for large ones: steady and hard to mislead',
        },
      ],
      default: 'squared',
    },
  },
  ports(_, data) {
    const target = targetOf(data, 'numbers')
    const count = target?.names.length ?? 0
    const meaning = count > 0 && count <= 3 ? (target?.names.join(', ') ?? '') : 'one per column to foretell'
    return headPorts('one vector per example', 'vector', target && { count, meaning })
  },
  describe(_, data) {
    const target = targetOf(data, 'numbers')
    if (!target) return 'numbers to come'
    return target.names.length <= 2 ? target.names.join(', ') : `${target.names.length} numbers to come`
  },
  shapes: () => ({}),
  lower: (context) => lowerHead(context, lossOps[context.settings.loss], 'numbers'),
  isHead: true,
  target: 'numbers',
})
