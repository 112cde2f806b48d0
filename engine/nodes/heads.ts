import { EVERY_TARGET, type TargetCounting } from '../base/targetCounting'
import type { DataSummary } from '../data/prepared'
import type { Attributes, Head, ValueId } from '../ir/program'
import type { LoweringContext, PortKind, PortSpec } from './defineNode'
import { IN, inPort, inputValue } from './lowering'
import type { NumberSetting, SettingsSpec } from './settings'

/** What all outputs share: one input as wide as the target, no output port, a loss, a weight among the outputs. */

export const weightSetting = {
  kind: 'number',
  label: 'Weight among outputs',
  help: 'How much this output counts in what the model learns, beside its other outputs. It multiplies the loss.',
  minimum: 0.05,
  maximum: 10,
  step: 0.05,
  default: 1,
} as const satisfies NumberSetting

export function headPorts(
  label: string,
  kind: PortKind,
  features: PortSpec['features'] | null,
): { inputs: PortSpec[]; outputs: PortSpec[] } {
  const port = inPort(label, [kind])
  return { inputs: [features ? { ...port, features } : port], outputs: [] }
}

/** The target of the wanted kind, or null when the data have another (or none are read): a problem told elsewhere. */
export function targetOf<K extends Head['target']>(data: DataSummary | null, kind: K) {
  const isWanted = (target: DataSummary['target']): target is Extract<DataSummary['target'], { kind: K }> =>
    target.kind === kind
  return data && isWanted(data.target) ? data.target : null
}

/** How an output is measured. */
export interface Measure {
  target: Head['target']
  op: 'meanSquaredError' | 'meanAbsoluteError' | 'huber' | 'quantileLoss' | 'crossEntropy' | 'binaryCrossEntropy'
  attributes?: Attributes
  counting: TargetCounting
  quantiles?: readonly number[]
}

/** Emits the loss of the value on the input port and registers the head. */
export function lowerHead<S extends SettingsSpec>(
  context: LoweringContext<S>,
  { target, op, attributes = {}, counting, quantiles }: Measure,
): Record<string, never> {
  const { builder, feed } = context
  const prediction = inputValue(context, IN)
  const inputs = [prediction, feed.target(), feed.lossScale()]
  const numbers = counting.classWeights ?? quantiles
  if (numbers) inputs.push(constant(context, numbers, quantiles ? 'quantiles' : 'classWeights'))
  const [loss] = builder.emit(op, inputs, attributes, ['loss', 'dPrediction'])
  context.head({ target, prediction, loss, counting, ...(quantiles ? { quantiles } : {}) })
  return {}
}

/** Every target counts the same; `weight` among the outputs. */
export function countingEach(weight: number): TargetCounting {
  return { ...EVERY_TARGET, weight }
}

function constant<S extends SettingsSpec>(
  { builder }: Pick<LoweringContext<S>, 'builder'>,
  values: readonly number[],
  name: string,
): ValueId {
  return builder.emit('constant', [], { values: values.join(',') }, [name])[0]
}
