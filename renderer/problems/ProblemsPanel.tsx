import { Button } from '@mantine/core'
import { IconAlertCircle, IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import type { Diagnostic } from '../../engine/document/diagnostic'
import { useDocument } from '../state/document'
import { jumpTo } from './jump'
import styles from './ProblemsPanel.module.css'
import { placeWords } from './places'
import { useProblems } from './useProblems'

/** Everything that keeps the model from training, or may surprise: a sentence, where it is, and where possible its repair. */
export function ProblemsPanel() {
  const problems = useProblems()
  if (problems.length === 0) {
    return (
      <div className={styles.none}>
        <IconCircleCheck size={20} aria-hidden="true" />
        <p>No problems. This model is ready to train.</p>
      </div>
    )
  }
  return (
    <ul className={styles.list} aria-label="Problems">
      {problems.map((problem) => (
        <ProblemRow key={`${problem.code} ${JSON.stringify(problem.place)} ${problem.message}`} problem={problem} />
      ))}
    </ul>
  )
}

function ProblemRow({ problem }: { problem: Diagnostic }) {
  const { severity, message, place, fix } = problem
  const document = useDocument((state) => state.document)
  const Icon = severity === 'error' ? IconAlertCircle : IconAlertTriangle
  const where = placeWords(place, document)
  return (
    <li className={styles.row}>
      <button type="button" className={styles.jump} onClick={() => jumpTo(place)}>
        <Icon size={17} className={styles.icon} data-severity={severity} aria-hidden="true" />
        <span className="visuallyHidden">{severity === 'error' ? 'Error:' : 'Warning:'}</span>
        <span className={styles.message}>{message}</span>
        <span className={styles.where}>{where}</span>
      </button>
      {fix && (
        <Button
          size="xs"
          variant="default"
          onClick={() => useDocument.getState().apply({ label: fix.label, edits: fix.edits })}
        >
          {fix.label}
        </Button>
      )}
    </li>
  )
}
