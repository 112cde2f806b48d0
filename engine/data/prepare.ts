import { assertNever, present } from '../base/invariant'
import type { DataDefinition } from '../document/dataSchema'
import { type Checked, good } from '../document/diagnostic'
import { prepareAddingProblem } from './addingProblem'
import { prepareClassify } from './classify'
import { prepareDelayedRecall } from './delayedRecall'
import { fingerprint } from './fingerprint'
import { prepareForecast } from './forecast'
import { prepareNextSymbol } from './nextSymbol'
import { preparePairs } from './pairs'
import type { DataSummary, ExampleSet, PreparedData } from './prepared'
import { previewOf } from './preview'
import { prepareTag } from './tag'
import type { UnfinishedData } from './unfinished'

/**
 * The data set of a document in the form that training needs; a pure function of definition and bytes. Whatever the bytes are, it
 * answers with data (and warnings) or with diagnostics.
 *
 * @param bytes the file that the definition's source names; null only for generators
 */
export function prepareData(definition: DataDefinition, bytes: Uint8Array | null): Checked<PreparedData> {
  const prepared = prepareKind(definition, bytes)
  if (!prepared.ok) return prepared
  const { summary, columns, ...data } = prepared.value
  const mark = fingerprint(data, JSON.stringify(summary))
  const described: DataSummary = {
    ...summary,
    fingerprint: mark,
    ...targetCountsOf(data.splits.training, summary.target),
    ...(columns ? { columns } : {}),
    preview: previewOf(data, summary),
  }
  return good({ ...data, summary: described, warnings: prepared.problems }, prepared.problems)
}

function targetCountsOf(
  { targetTokens }: ExampleSet,
  target: DataSummary['target'],
): Pick<DataSummary, 'targetCounts'> {
  if (target.kind !== 'class' && target.kind !== 'tag') return {}
  const targetCounts = (target.kind === 'class' ? target.classes : target.tags).map(() => 0)
  for (const index of targetTokens ?? []) if (index >= 0) targetCounts[index] = (targetCounts[index] ?? 0) + 1
  return { targetCounts }
}

function prepareKind(definition: DataDefinition, bytes: Uint8Array | null): Checked<UnfinishedData> {
  switch (definition.kind) {
    case 'forecast':
      return prepareForecast(definition, needed(bytes))
    case 'nextSymbol':
      return prepareNextSymbol(definition, needed(bytes))
    case 'classify':
      return prepareClassify(definition, needed(bytes))
    case 'tag':
      return prepareTag(definition, needed(bytes))
    case 'pairs':
      return preparePairs(definition, needed(bytes))
    case 'generator':
      return prepareGenerator(definition)
    default:
      return assertNever(definition)
  }
}

function prepareGenerator(definition: Extract<DataDefinition, { kind: 'generator' }>): Checked<UnfinishedData> {
  switch (definition.generator) {
    case 'adding':
      return prepareAddingProblem(definition)
    case 'recall':
      return prepareDelayedRecall(definition)
    default:
      return assertNever(definition.generator)
  }
}

function needed(bytes: Uint8Array | null): Uint8Array {
  return present(bytes, 'data from a file need the bytes of the file')
}
