import { Tooltip } from '@mantine/core'
import { IconAlertCircleFilled, IconAlertTriangleFilled } from '@tabler/icons-react'
import styles from './ProblemMark.module.css'

/** The mark on a card that something is wrong with it; the sentence shows under the pointer. */
export function ProblemMark({ severity, message }: { severity: 'error' | 'warning'; message: string }) {
  const Icon = severity === 'error' ? IconAlertCircleFilled : IconAlertTriangleFilled
  return (
    <Tooltip label={message} multiline maw={280} openDelay={100} position="top">
      <span className={styles.mark} data-severity={severity} role="img" aria-label={`Problem: ${message}`}>
        <Icon size={16} aria-hidden="true" />
      </span>
    </Tooltip>
  )
}
