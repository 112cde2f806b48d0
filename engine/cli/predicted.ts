import { present } from '../base/invariant'
import type { Rng } from '../base/rng'
import { encodeText } from '../data/encodeInput'
import { latestWindow } from '../data/forecast'
import { cut } from '../data/pairRows'
import type { DataDefinition, ForecastData } from '../document/dataSchema'
import { bad, type Checked, good } from '../document/diagnostic'
import { readData } from '../host/files'
import type { OpenRun } from '../host/openRun'
import { answersTo } from '../runtime/answers'
import { continueText, predictOne } from '../runtime/predictions'
import type { OpenDocument } from './openDocument'

/** A prediction as a person reads it and as a program does. */
export interface Predicted {
  lines: string[]
  json: unknown
}

export interface PredictOptions {
  beam: number
  length: number
  temperature: number
  random: Rng
}

export function predictText(
  run: OpenRun,
  definition: DataDefinition,
  text: string,
  options: PredictOptions,
): Checked<Predicted> {
  const { data, session } = run
  const work = session.pool.local
  const encoded = encodeText(definition, data, text)
  if (!encoded.ok) return encoded
  const { target } = data.summary
  if (target.kind === 'sequence') return good(sayAnswers(run, encoded.value, text, options.beam))
  if (target.kind === 'symbol') {
    const tokens = continueText(work, data, encoded.value, options)
    const separator = target.unit === 'word' ? ' ' : ''
    const continuation = tokens.map((token) => data.vocabulary?.[token] ?? '').join(separator)
    return good({ lines: [`${text}${separator}${continuation}`], json: { input: text, continuation } })
  }
  const prediction = predictOne(work, data, { tokens: encoded.value })
  switch (prediction.kind) {
    case 'class': {
      const shares = prediction.probabilities.map(({ name, probability }) => `${name} ${percent(probability)}`)
      return good({
        lines: [`${text}  ${shares.join(', ')}`],
        json: { input: text, classes: prediction.probabilities },
      })
    }
    case 'tag': {
      const words = cut(text, 'word')
      const tags = prediction.tags.map(({ name, probability }, index) => ({
        word: words[index],
        tag: name,
        probability,
      }))
      const line = tags.map(({ word, tag }) => `${word}/${tag}`).join(' ')
      return good({ lines: [line], json: { input: text, tags } })
    }
    case 'numbers':
      return good({ lines: [], json: { input: text, values: prediction.values } })
  }
}

/** Best first; further ones, when several were asked for, below it with their probabilities. */
function sayAnswers({ data, session, plans }: OpenRun, source: Int32Array, text: string, beam: number): Predicted {
  const unit = data.summary.target.kind === 'sequence' ? data.summary.target.unit : 'word'
  const steps = Math.min(plans.predict.maximumSteps, data.summary.maximumSteps)
  const answers = answersTo(session.pool.local, source, steps, beam).map((answer) => {
    const symbols = answer.tokens.map((token) => data.targetVocabulary?.[token] ?? '')
    return {
      text: symbols.join(unit === 'word' ? ' ' : ''),
      symbols,
      probability: Math.exp(answer.logProbability),
      complete: answer.complete,
      // For each symbol how much each step of the input was looked at.
      ...(answer.kept[0]
        ? { attention: answer.kept.map((looks) => (looks ?? []).map((share) => Number(share.toFixed(4)))) }
        : {}),
    }
  })
  const shown = (answer: (typeof answers)[number]): string => `${answer.text}${answer.complete ? '' : ' …'}`
  const lines = answers.map((answer, index) => {
    const start = index === 0 ? text : ' '.repeat(text.length)
    return beam === 1 ? `${start}  ${shown(answer)}` : `${start}  ${shown(answer)}  ${percent(answer.probability)}`
  })
  return { lines, json: { input: text, answers } }
}

/** What comes `horizon` rows after the last row of the table. */
export function predictForecast(run: OpenRun, opened: OpenDocument, definition: ForecastData): Checked<Predicted> {
  const { data, session } = run
  const bytes = readData(definition, opened.folders)
  if (!bytes.ok) return bad(...bytes.problems)
  const scaling = present(data.inputScaling, 'numbers have a scaling')
  const window = latestWindow(definition, present(bytes.value, 'a table has bytes'), scaling)
  if (!window.ok) return window
  const features = data.summary.input.kind === 'numbers' ? data.summary.input.features.length : 1
  const prediction = predictOne(session.pool.local, data, { numbers: window.value, features })
  const values = prediction.kind === 'numbers' ? prediction.values : []
  const { horizon, unit = '' } = definition
  const word = data.summary.stepWord
  const ahead = `${horizon} ${horizon === 1 ? word : `${word}s`} after the last row`
  const number = (value: number) => `${Number(value.toPrecision(4))}${unit === '' ? '' : ` ${unit}`}`
  const lines = values.map(({ name, values: said, quantiles }) => {
    const told = quantiles
      ? said.map((value, index) => `${Math.round((quantiles[index] ?? 0) * 100)} %: ${number(value)}`).join(', ')
      : number(said[0] ?? Number.NaN)
    return `${name}, ${ahead}: ${told}`
  })
  return good({ lines, json: { horizon, values } })
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
