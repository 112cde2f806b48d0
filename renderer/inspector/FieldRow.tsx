import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Diagnostic } from '../../engine/document/diagnostic'
import { useDocument } from '../state/document'
import styles from './FieldRow.module.css'

/** A field of the form: its label, its range or value, the way back to the default, and what is wrong with it. */
export function FieldRow(props: {
  id: string
  label: string
  /** Right of the label: the range, or the value of a slider. */
  note: string
  /** Stands for the note where its value can be typed. */
  noteField?: ReactNode
  help: string
  /** "Reset to 64"; null while the default is set. */
  reset: { label: string; run: () => void } | null
  error: string | null
  problem: Diagnostic | null
  onHelp: (help: string) => void
  children: ReactNode
}) {
  const { id, label, note, noteField, help, reset, error, problem, onHelp, children } = props
  const message = error ?? problem?.message ?? null
  return (
    // Pointing at a field shows its help below; the keyboard's focus does the same, and screen readers get it as description.
    // biome-ignore lint/a11y/noStaticElementInteractions: only shows help
    <div className={styles.row} onPointerEnter={() => onHelp(help)} onFocus={() => onHelp(help)}>
      <div className={styles.head}>
        <label htmlFor={id} id={`${id}-label`}>
          {label}
        </label>
        {reset && (
          <Tooltip label={reset.label}>
            <ActionIcon size={20} aria-label={`${label}: ${reset.label}`} onClick={reset.run}>
              <IconArrowBackUp size={14} />
            </ActionIcon>
          </Tooltip>
        )}
        {noteField ?? <span className={styles.note}>{note}</span>}
      </div>
      {children}
      <span id={`${id}-help`} className="visuallyHidden">
        {help} {note}
      </span>
      {message && (
        <p className={styles.error} id={`${id}-error`} role="alert" data-severity={error ? 'error' : problem?.severity}>
          {message}
        </p>
      )}
      {!error && problem?.fix && <FixButton problem={problem} />}
    </div>
  )
}

/** Does a problem's repair, as one act. */
export function FixButton({ problem }: { problem: Diagnostic }) {
  const { fix } = problem
  if (!fix) return null
  return (
    <Button
      size="xs"
      variant="default"
      className={styles.fix ?? ''}
      onClick={() => useDocument.getState().apply({ label: fix.label, edits: fix.edits })}
    >
      {fix.label}
    </Button>
  )
}
