import type { DataSummary } from '../data/prepared'
import type { LoweringContext, PortShape, PortSpec, ShapeContext } from './defineNode'
import { IN, inPort, inputShape, inputValue, OUT, outPort } from './lowering'
import type { SettingsSpec } from './settings'
import { formatCount, givesPhrase } from './words'

/** What nodes share that bring two sequences, or two vectors, together: add, multiply, join. */

export const OTHER = 'other'

export function pairPorts(result: string): { inputs: PortSpec[]; outputs: PortSpec[] } {
  const kinds = ['sequence', 'vector'] as const
  return {
    inputs: [inPort('first sequence or vector', kinds), { name: OTHER, label: 'second sequence or vector', kinds }],
    outputs: [outPort(result, kinds)],
  }
}

/** Whoever reads the result wants both to be as wide as that. */
export function pairWants(
  _settings: unknown,
  _data: DataSummary,
  wanted: Readonly<Record<string, number | null>>,
): Record<string, number | null> {
  return { [IN]: wanted[OUT] ?? null, [OTHER]: wanted[OUT] ?? null }
}

type Asking<S extends SettingsSpec> = Pick<ShapeContext<S>, 'inputs' | 'title' | 'data' | 'problem'>
type Wide = Exclude<PortShape, { kind: 'tokens' }>

/** Both shapes; null after telling that one is a sequence and the other is not. */
export function sameKind<S extends SettingsSpec>({ inputs, title, data, problem }: Asking<S>): [Wide, Wide] | null {
  const [a, b] = [inputShape(inputs, IN), inputShape(inputs, OTHER)]
  if (a.kind !== 'tokens' && b.kind === a.kind) return [a, b]
  problem({
    code: 'pair.kind',
    message: `${title} needs two of a kind, but gets ${givesPhrase(a, data)} and ${givesPhrase(b, data)}. Put Last step or Average over time behind the sequence.`,
    port: OTHER,
  })
  return null
}

/** Shape of both; null after telling that they are not as wide as each other. */
export function sameShape<S extends SettingsSpec>(context: Asking<S>): Record<string, PortShape> | null {
  const pair = sameKind(context)
  if (pair === null) return null
  const [a, b] = pair
  if (a.features === b.features) return { [OUT]: { kind: a.kind, features: a.features } }
  context.problem({
    code: 'pair.features',
    message: `${context.title} needs two of the same width, but gets ${formatCount(a.features)} and ${formatCount(b.features)} numbers. Put a Dense of size ${formatCount(a.features)} in front of the second.`,
    port: OTHER,
  })
  return null
}

export function lowerPair<S extends SettingsSpec>(context: LoweringContext<S>, op: 'add' | 'multiply' | 'concat') {
  const [out] = context.builder.emit(op, [inputValue(context, IN), inputValue(context, OTHER)], {}, [OUT])
  return { [OUT]: out }
}
