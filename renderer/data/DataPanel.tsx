import { Button, Loader } from '@mantine/core'
import type { Baseline, DataSummary, Metric } from '../../engine/data/prepared'
import { groupedNumber } from '../charts/numbers'
import { dataNode } from '../problems/places'
import { formatMetric } from '../run/resultWords'
import { useDocument } from '../state/document'
import { useSelection } from '../state/selection'
import panel from '../theme/panel.module.css'
import styles from './DataPanel.module.css'
import { Preview } from './Preview'
import { useData } from './readData'
import { chooseData } from './sampleData'

/** What the models learn from: how much there is, what one example looks like, and what must be beaten. */
export function DataPanel() {
  const summary = useDocument((state) => state.summary)
  const problems = useDocument((state) => state.dataProblems)
  const { status, baselines, metric } = useData()
  return (
    <section className={panel.panel} aria-label="Data">
      <h2 className={panel.heading}>{summary?.title ?? 'Data'}</h2>
      {status === 'reading' && !summary ? (
        <p className={styles.reading}>
          <Loader size={14} /> Reading the data…
        </p>
      ) : null}
      {problems.map((problem) => (
        <p key={problem.message} className={styles.problem} data-severity={problem.severity}>
          {problem.message}
        </p>
      ))}
      {summary ? <Facts summary={summary} /> : null}
      <div className={styles.acts}>
        <ChooseButton />
        <SettingsButton />
      </div>
      {summary?.preview ? (
        <>
          <h3 className={panel.subheading}>First example</h3>
          <Preview preview={summary.preview} isNext={summary.target.kind === 'symbol'} />
        </>
      ) : null}
      {metric && baselines.length > 0 ? <Baselines baselines={baselines} metric={metric} /> : null}
    </section>
  )
}

function Facts({ summary }: { summary: DataSummary }) {
  const { training, validation, test } = summary.examples
  const all = Math.max(1, training + validation + test)
  const parts = [
    { name: 'training', count: training },
    { name: 'validation', count: validation },
    { name: 'test', count: test },
  ]
  return (
    <>
      <p className={panel.text}>{summary.sentence}</p>
      <div className={styles.bar} aria-hidden="true">
        {parts.map((part) => (
          <span key={part.name} data-part={part.name} style={{ flexGrow: part.count / all }} />
        ))}
      </div>
      <ul className={styles.parts}>
        {parts.map((part) => (
          <li key={part.name}>
            <span className={styles.dot} data-part={part.name} aria-hidden="true" />
            {groupedNumber(part.count)} for {part.name}
          </li>
        ))}
      </ul>
    </>
  )
}

function Baselines({ baselines, metric }: { baselines: readonly Baseline[]; metric: Metric }) {
  return (
    <>
      <h3 className={panel.subheading}>To beat on the test part</h3>
      <ul className={styles.baselines}>
        {baselines.map((baseline) => (
          <li key={baseline.name}>
            <span>{baseline.name}</span>
            <strong>{formatMetric(metric, baseline.metric.test)}</strong>
          </li>
        ))}
      </ul>
      <p className={styles.note}>
        {metric.label}
        {metric.kind === 'accuracy' ? ', more is better' : ', less is better'}
      </p>
    </>
  )
}

/** Asks which data the document is to learn from. */
function ChooseButton() {
  return (
    <Button size="xs" variant="default" onClick={() => void chooseData()}>
      Choose other data…
    </Button>
  )
}

/** Selects the model's data set, whose form the inspector then shows. */
function SettingsButton() {
  const node = useDocument((state) => dataNode(state.document, state.activeModel))
  const show = useSelection((selection) => selection.show)
  if (node === null) {
    return <p className={panel.text}>This model has no data set yet: add one from the nodes to change its settings.</p>
  }
  return (
    <Button size="xs" variant="default" onClick={() => show([node])}>
      Data settings…
    </Button>
  )
}
