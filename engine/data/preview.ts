import type { DataPreview, PreparedData } from './prepared'
import type { UnfinishedSummary } from './unfinished'

/** Time steps and symbols that a preview shows at most. */
const MOST_STEPS = 400
const MOST_SYMBOLS = 240

/** The first training example in the user's units and words. */
export function previewOf(
  data: Pick<PreparedData, 'splits' | 'inputScaling' | 'targetScaling' | 'vocabulary' | 'targetVocabulary'>,
  summary: UnfinishedSummary,
): DataPreview {
  const { training } = data.splits
  const length = training.lengths[0] ?? 0
  if (summary.input.kind === 'tokens') {
    const word = (token: number) => data.vocabulary?.[token] ?? ''
    const tokens = training.tokens?.subarray(0, Math.min(length, MOST_SYMBOLS)) ?? new Int32Array(0)
    if (summary.target.kind === 'sequence') {
      const answer = training.targetTokens?.subarray(0, Math.min((training.targetLengths?.[0] ?? 1) - 1, MOST_SYMBOLS))
      const said = Array.from(answer ?? [], (token) => data.targetVocabulary?.[token] ?? '')
      return {
        kind: 'pair',
        from: Array.from(tokens, word).join(separatorOf(summary.input.unit)),
        to: said.join(separatorOf(summary.target.unit)),
      }
    }
    if (summary.target.kind === 'tag') {
      const { tags } = summary.target
      const answers = training.targetTokens?.subarray(0, tokens.length) ?? new Int32Array(0)
      return { kind: 'tagged', words: Array.from(tokens, word), tags: Array.from(answers, (tag) => tags[tag] ?? '') }
    }
    return {
      kind: 'symbols',
      symbols: Array.from(tokens, word),
      separator: separatorOf(summary.input.unit),
      answer: answerOf(training.targetTokens, length, summary, word),
    }
  }
  const { features } = summary.input
  const steps = Math.min(length, MOST_STEPS)
  const inUnit = (scaling: PreparedData['inputScaling'], column: number, value: number) =>
    value * (scaling?.scale[column] ?? 1) + (scaling?.offset[column] ?? 0)
  const names = summary.target.kind === 'numbers' ? summary.target.names : []
  return {
    kind: 'numbers',
    series: features.map((name, feature) => ({
      name,
      values: Array.from({ length: steps }, (_, step) =>
        inUnit(data.inputScaling, feature, training.numbers?.[step * features.length + feature] ?? 0),
      ),
    })),
    answers: names.map((name, target) => ({
      name,
      value: inUnit(data.targetScaling, target, training.targetNumbers?.[target] ?? 0),
    })),
  }
}

function separatorOf(unit: 'letter' | 'word'): '' | ' ' {
  return unit === 'word' ? ' ' : ''
}

function answerOf(
  targets: Int32Array | null,
  length: number,
  { target }: UnfinishedSummary,
  word: (token: number) => string,
): string {
  if (target.kind === 'class') return target.classes[targets?.[0] ?? 0] ?? ''
  return target.kind === 'symbol' ? word(targets?.[length - 1] ?? 0) : ''
}
