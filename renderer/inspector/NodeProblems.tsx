import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react'
import { activeAnalysisOf, useDocument } from '../state/document'
import { FixButton } from './FieldRow'
import styles from './NodeProblems.module.css'

/** What is wrong with a node as a whole or with its sockets; problems of one setting stand at the setting. */
export function NodeProblems({ node }: { node: string }) {
  const problems = useDocument((state) => activeAnalysisOf(state).problems)
  const shown = problems.filter(
    ({ place }) =>
      (place.kind === 'node' && place.node === node && !place.setting) ||
      (place.kind === 'port' && place.node === node),
  )
  if (shown.length === 0) return null
  return (
    <ul className={styles.list} aria-label="Problems of this node">
      {shown.map((problem) => {
        const Icon = problem.severity === 'error' ? IconAlertCircle : IconAlertTriangle
        return (
          <li key={`${problem.code} ${problem.message}`} className={styles.item} data-severity={problem.severity}>
            <Icon size={16} aria-hidden="true" />
            <div>
              <p>{problem.message}</p>
              <FixButton problem={problem} />
            </div>
          </li>
        )
      })}
    </ul>
  )
}
