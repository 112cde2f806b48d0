import { defineNode } from '../defineNode'
import { countingEach, headPorts, lowerHead, targetOf, weightSetting } from '../heads'

const lossOps = {
  squared: 'meanSquaredError',
  absolute: 'meanAbsoluteError',
  huber: 'huber',
  quantiles: 'quantileLoss',
} as const

/** Each evenly around the middle, which is the forecast itself. */
const bands = {
  half: [0.25, 0.5, 0.75],
  most: [0.1, 0.5, 0.9],
  nearlyAll: [0.025, 0.5, 0.975],
  two: [0.05, 0.25, 0.5, 0.75, 0.95],
} as const

/** Numbers for each example, measured by squared, absolute or Huber error on scaled targets, or quantiles of each number. */
export const forecast = defineNode({
  type: 'forecast',
  title: 'Forecast',
  letter: 'F',
  category: 'output',
  summary: 'Says the numbers to come and is measured by how far off it is.',
  help: {
    what: 'Takes one number for each column to foretell and compares it with what really came. The loss is the mean of the differences, on scaled values: squared, or as Loss says. With a band it takes several numbers for each column: the middle one is the forecast, the others are the borders of the band.',
    why: 'Squaring makes one large miss worse than many small ones, so the model learns to avoid being badly wrong.',
    when: 'At the end of a model on measurements over time. Put a Dense with automatic size in front. Look whether it beats the simple guess drawn in the chart: “same as today” is hard to beat.',
  },
  picture: { kind: 'answer', says: 'number' },
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
    'quantile',
    'pinball',
    'band',
    'uncertainty',
    'interval',
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
        {
          value: 'quantiles',
          label: 'A band',
          help: 'Learns how unsure the forecast is: a band that the truth should fall into that often',
        },
      ],
      default: 'squared',
    },
    band: {
      kind: 'choice',
      label: 'Band',
      help: 'How often the truth should fall into the band. A wide band is right more often and says less.',
      options: [
        { value: 'half', label: 'Half of the time' },
        { value: 'most', label: '80 % of the time' },
        { value: 'nearlyAll', label: '95 % of the time' },
        { value: 'two', label: 'Two bands: 50 % and 90 %' },
      ],
      default: 'most',
      visible: ({ loss }) => loss === 'quantiles',
    },
    weight: weightSetting,
  },
  ports(settings, data) {
    const target = targetOf(data, 'numbers')
    const columns = target?.names.length ?? 0
    const each = quantilesOf(settings)?.length ?? 1
    const count = columns * each
    const plain = columns > 0 && columns <= 3 ? (target?.names.join(', ') ?? '') : 'one per column to foretell'
    const meaning = each === 1 ? plain : `${each} per column: the forecast and the borders of its band`
    return headPorts('one vector per example', 'vector', target && { count, meaning })
  },
  describe({ loss }, data) {
    const target = targetOf(data, 'numbers')
    const band = loss === 'quantiles' ? ', with a band' : ''
    if (!target) return `numbers to come${band}`
    return `${target.names.length <= 2 ? target.names.join(', ') : `${target.names.length} numbers to come`}${band}`
  },
  shapes: () => ({}),
  lower(context) {
    const { loss, weight } = context.settings
    const quantiles = quantilesOf(context.settings)
    const measure = { target: 'numbers', op: lossOps[loss], counting: countingEach(weight) } as const
    return lowerHead(context, quantiles ? { ...measure, quantiles } : measure)
  },
  isHead: true,
  target: 'numbers',
})

/** null: one number for each column. */
function quantilesOf({
  loss,
  band,
}: {
  loss: keyof typeof lossOps
  band: keyof typeof bands
}): readonly number[] | null {
  return loss === 'quantiles' ? bands[band] : null
}
