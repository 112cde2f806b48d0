import type { DataSummary } from '../../engine/data/prepared'
import { formatCount } from '../../engine/nodes/words'
import { DuplicateAsButton } from '../compare/DuplicateAsButton'
import { approximately } from '../nodes/approximately'
import { activeAnalysisOf, activeModelOf, useDocument } from '../state/document'
import styles from './Inspector.module.css'
import { TrainingForm } from './TrainingForm'

/** What the inspector shows while nothing is selected: the model in figures, and how it is trained. */
export function ModelInspector() {
  const model = useDocument(activeModelOf)
  const { parameters, flopsPerExample } = useDocument(activeAnalysisOf)
  const summary = useDocument((state) => state.summary)
  const unreadable = useDocument((state) => state.dataProblems.some(({ severity }) => severity === 'error'))
  const nodes = Object.keys(model.nodes).length
  return (
    <div className={styles.inspector}>
      <header className={styles.header}>
        <h2>{model.name}</h2>
        <p className={styles.dim}>{dataWords(summary, unreadable)}</p>
      </header>
      <div className={styles.scroll}>
        <section aria-label="Model in figures">
          <h3 className={styles.section}>The model in figures</h3>
          <dl className={styles.tiles}>
            <Figure
              label="Weights"
              value={summary ? formatCount(parameters) : '–'}
              note="numbers that training changes"
            />
            <Figure label="Work" value={summary ? approximately(flopsPerExample) : '–'} note="sums per example" />
            <Figure
              label="Nodes"
              value={formatCount(nodes)}
              note={`${formatCount(Object.keys(model.wires).length)} wires`}
            />
            <Figure
              label="Examples"
              value={summary ? formatCount(summary.examples.training) : '–'}
              note={
                summary
                  ? `${formatCount(summary.examples.validation)} to check, ${formatCount(summary.examples.test)} to test`
                  : 'to learn from'
              }
            />
          </dl>
        </section>
        <section aria-label="Rivals">
          <h3 className={styles.section}>A fair rival</h3>
          <DuplicateAsButton fullWidth />
        </section>
        <section aria-label="Training settings">
          <h3 className={styles.section}>Training</h3>
          <TrainingForm />
        </section>
      </div>
    </div>
  )
}

function dataWords(summary: DataSummary | null, unreadable: boolean): string {
  if (summary) return `Learns from ${summary.title}: ${summary.sentence}.`
  return unreadable ? 'Its data cannot be read; Problems says why.' : 'Reading the data …'
}

function Figure({ label, value, note }: { label: string; value: string; note: string }) {
  return (
    <div className={styles.tile}>
      <dt>{label}</dt>
      <dd className={styles.value}>{value}</dd>
      <dd className={styles.dim}>{note}</dd>
    </div>
  )
}
