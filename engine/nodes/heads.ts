import type { DataSummary } from '../data/prepared'
import type { Head } from '../ir/program'
import type { LoweringContext, PortKind, PortSpec } from './defineNode'
import { IN, inPort, inputValue } from './lowering'
import type { SettingsSpec } from './settings'

/** What all outputs share: one input as wide as the target, no output port, a loss. */

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

/** Emits the loss of the value on the input port and registers the head. */
export function lowerHead<S extends SettingsSpec>(
  context: LoweringContext<S>,
  op: 'meanSquaredError' | 'meanAbsoluteError' | 'huber' | 'crossEntropy',
  target: Head['target'],
): Record<string, never> {
  const prediction = inputValue(context, IN)
  const [loss] = context.builder.emit(op, [prediction, context.feed.target(), context.feed.lossScale()], {}, [
    'loss',
    'dPrediction',
  ])
  context.head({ target, prediction, loss })
  return {}
}
