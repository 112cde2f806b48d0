import { useEffect, useRef } from 'react'
import styles from './NameField.module.css'

export interface NameFieldProps {
  value: string
  label: string
  /** Enter, or leaving the field. */
  onDone: (name: string) => void
  /** Esc. */
  onCancel: () => void
}

/** A name being typed in place; as wide as what it holds. */
export function NameField({ value, label, onDone, onCancel }: NameFieldProps) {
  const field = useRef<HTMLInputElement>(null)
  /** Enter and Esc take the field away, which also blurs it: only the first one counts. */
  const settled = useRef(false)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  const settle = (work: () => void) => {
    if (settled.current) return
    settled.current = true
    work()
  }
  return (
    <input
      ref={field}
      className={styles.field}
      defaultValue={value}
      aria-label={label}
      maxLength={200}
      spellCheck={false}
      onBlur={(event) => settle(() => onDone(event.target.value))}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle(() => onDone(event.currentTarget.value))
        if (event.key === 'Escape') settle(onCancel)
      }}
    />
  )
}
