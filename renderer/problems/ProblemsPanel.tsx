import { Button } from '@mantine/core'
import { IconAlertCircle, IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useRef } from 'react'
import type { Diagnostic, Fix } from '../../engine/document/diagnostic'
import { useDocument } from '../state/document'
import { jumpTo } from './jump'
import styles from './ProblemsPanel.module.css'
import { placeWords } from './places'
import { useProblems } from './useProblems'

/** Everything that keeps the model from training, or may surprise: a sentence, where it is, and where possible its repair. */
export function ProblemsPanel() {
  const problems = useProblems()
  const panel = useRef<HTMLDivElement>(null)
  /** The repaired row goes and takes the keyboard's place with it: on to the next problem, or to the word that there is none. */
  const repair = ({ label, edits }: Fix) => {
    useDocument.getState().apply({ label, edits })
    requestAnimationFrame(() => panel.current?.querySelector<HTMLElement>('button, [tabindex]')?.focus())
  }
  if (problems.length === 0) {
    return (
      <div ref={panel} className={styles.panel}>
        <div className={styles.none} tabIndex={-1}>
          <IconCircleCheck size={20} aria-hidden="true" />
          <p>No problems. This model is ready to train.</p>
        </div>
      </div>
    )
  }
  return (
    <div ref={panel} className={styles.panel}>
      <ul className={styles.list} aria-label="Problems">
        {problems.map((problem) => (
          <ProblemRow
            key={`${problem.code} ${JSON.stringify(problem.place)} ${problem.message}`}
            problem={problem}
            onRepair={repair}
          />
        ))}
      </ul>
    </div>
  )
}

function ProblemRow({ problem, onRepair }: { problem: Diagnostic; onRepair: (fix: Fix) => void }) {
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
        <Button size="xs" variant="default" onClick={() => onRepair(fix)}>
          {fix.label}
        </Button>
      )}
    </li>
  )
}
