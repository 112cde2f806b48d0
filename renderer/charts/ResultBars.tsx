import type { Baseline, Metric, Split } from '../../engine/data/prepared'
import { useRunHistory } from '../run/history'
import { compare, examplesWord } from '../run/resultWords'
import { telemetry } from '../run/telemetry'
import { useDocument } from '../state/document'
import figureStyles from './ChartFigure.module.css'
import styles from './ResultBars.module.css'
import { resultRows } from './resultRows'
import { useEvaluations } from './useTrace'

interface Reading {
  metric: Metric
  value: number | null
  baselines: readonly Baseline[]
  split: Split
}

/** The run's result on the test part once it is over, its best validation until then; null before the start. */
function useReading(): Reading | null {
  useEvaluations()
  const trace = telemetry.current()
  const result = useRunHistory((history) => history.runs.find((one) => one.run === trace?.run)?.result ?? null)
  if (result) {
    const { metric, baselines, test } = result
    return { metric, baselines, value: test.metric, split: 'test' }
  }
  if (!trace?.metric) return null
  const { metric, baselines, best } = trace
  return { metric, baselines, value: best?.metric ?? null, split: 'validation' }
}

/** "Is it better than guessing?": the model beside forecasts without learning. */
export function ResultBars() {
  const reading = useReading()
  const summary = useDocument((state) => state.summary)
  if (!reading) {
    return (
      <figure className={figureStyles.figure} aria-label="Result: nothing trained yet">
        <figcaption className={figureStyles.caption}>
          <span className={figureStyles.title}>Is it better than guessing?</span>
        </figcaption>
        <p className={figureStyles.empty}>Press Train to see it beside guesses that learn nothing.</p>
      </figure>
    )
  }
  const { metric, value, baselines, split } = reading
  const rows = resultRows(metric, value, baselines, split)
  const verdict = value === null ? '' : answer(reading, examplesWord(summary))
  return (
    <figure
      className={figureStyles.figure}
      aria-label={`Result: ${rows.map((row) => `${row.name} ${row.text}`).join(', ')}`}
    >
      <figcaption className={figureStyles.caption}>
        <span className={figureStyles.title}>Is it better than guessing?</span>{' '}
        <span className={figureStyles.verdict}>{verdict}</span>
      </figcaption>
      <ul className={styles.rows}>
        {rows.map((row) => (
          <li key={row.name} className={styles.row} data-mine={row.mine || undefined}>
            <span className={styles.name} title={row.name}>
              {row.name}
            </span>
            <span className={styles.track}>
              <span className={styles.bar} style={{ transform: `scaleX(${row.share})` }} />
            </span>
            <span className={styles.value}>{row.text}</span>
          </li>
        ))}
      </ul>
      <p className={styles.note}>
        {capital(metric.label)} on {split === 'test' ? 'unseen' : 'validation'} {examplesWord(summary)};{' '}
        {metric.kind === 'accuracy' ? 'longer' : 'shorter'} is better.
      </p>
    </figure>
  )
}

function answer({ metric, value, baselines, split }: Reading, examples: string): string {
  const { tone, difference } = compare(metric, value ?? Number.NaN, baselines, split, examples)
  if (tone === 'good') return `yes, ${difference}`
  if (tone === 'bad') return `not yet, ${difference}`
  return tone === 'level' ? 'not yet' : ''
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
