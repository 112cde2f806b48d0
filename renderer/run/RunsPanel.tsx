import { assertNever } from '../../engine/base/invariant'
import { useDocument } from '../state/document'
import { useRun } from '../state/run'
import panel from '../theme/panel.module.css'
import { type RunRecord, useRunHistory } from './history'
import styles from './RunsPanel.module.css'
import { examplesWord, formatMetric, isBetter } from './resultWords'
import { Sparkline } from './Sparkline'
import { durationWords } from './timeLeft'

/** The runs of this session, newest first; a click puts a run on show in the charts. */
export function RunsPanel() {
  const runs = useRunHistory((history) => history.runs)
  const shown = useRunHistory((history) => history.shown)
  const show = useRunHistory((history) => history.show)
  const best = bestOf(runs)
  return (
    <section className={panel.panel} aria-label="Runs">
      <h2 className={panel.heading}>Runs</h2>
      {runs.length === 0 ? (
        <p className={panel.empty}>
          Every training is kept here while the window is open, with its settings and its result. Press Train to make
          the first one.
        </p>
      ) : (
        <ul className={styles.list}>
          {runs.map((run) => (
            <li key={run.run}>
              <button
                type="button"
                className={styles.run}
                aria-pressed={run.run === shown}
                onClick={() => show(run.run)}
              >
                <RunRow run={run} best={run.run === best} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function RunRow({ run, best }: { run: RunRecord; best: boolean }) {
  const { training } = run
  return (
    <>
      <span className={styles.head}>
        <span className={styles.name}>
          {run.number}. {run.modelName}
        </span>
        {best ? <span className={styles.best}>best</span> : null}
        <Sparkline values={run.curve} width={56} height={20} />
      </span>
      <span className={styles.result}>
        <Outcome run={run} />
      </span>
      <span className={styles.settings}>
        {`${training.epochs}\u00a0epochs, rate\u00a0${training.learningRate}, seed\u00a0${training.seed}`}
      </span>
    </>
  )
}

function Outcome({ run }: { run: RunRecord }) {
  const summary = useDocument((state) => state.summary)
  const epoch = useRun((state) => (state.run === run.run ? state.epoch : 0))
  switch (run.outcome) {
    case 'running':
      return <>trains now{epoch > 0 ? `, epoch ${epoch}` : ''}</>
    case 'ended': {
      if (!run.result) return <>ended</>
      const { metric, test, seconds, reason } = run.result
      const value = formatMetric(metric, test.metric)
      const words = metric.kind === 'accuracy' ? `${value} right` : `off by ${value}`
      return (
        <>
          <strong>{words}</strong> on unseen {examplesWord(summary)} · {reason === 'stopped' ? 'stopped after ' : ''}
          {durationWords(seconds).replaceAll(' ', '\u00a0')}
        </>
      )
    }
    case 'diverged':
      return <span className={styles.bad}>the numbers grew out of bounds</span>
    case 'lost':
      return <span className={styles.bad}>the engine stopped</span>
    case 'failed':
      return <span className={styles.bad}>the engine made a mistake</span>
    default:
      return assertNever(run.outcome)
  }
}

/** The run with the best result on unseen examples, once there are two to compare. */
function bestOf(runs: readonly RunRecord[]): string | null {
  const ended = runs.filter((run) => run.result !== null)
  if (ended.length < 2) return null
  const best = ended.reduce((a, b) => {
    if (!a.result || !b.result) return a
    return isBetter(b.result.metric, b.result.test.metric, a.result.test.metric) ? b : a
  })
  return best.run
}
