import { useEffect, useRef } from 'react'
import { useSelection } from '../state/selection'
import styles from './TitleField.module.css'

/** The name of a card or a group while it is being changed. Enter or leaving it takes the name, Escape leaves the old one. */
export function TitleField(props: {
  /** Id of the card on the canvas. */
  card: string
  title: string
  /** How wide it is. */
  className: string | undefined
  onRename: (name: string) => void
}) {
  const { card, title, className, onRename } = props
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    field.current?.focus({ preventScroll: true })
    field.current?.select()
  }, [])
  const done = (keep: boolean): void => {
    const name = field.current?.value ?? title
    const place = field.current?.closest<HTMLElement>('.react-flow__node')
    if (useSelection.getState().renaming !== card) return
    useSelection.getState().rename(null)
    if (keep && name.trim() !== title) onRename(name)
    place?.focus({ preventScroll: true })
  }
  return (
    <input
      ref={field}
      className={`${styles.field} ${className ?? ''} nodrag nopan`}
      aria-label={`Name of ${title}`}
      defaultValue={title}
      maxLength={200}
      onBlur={() => done(true)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') done(true)
        if (event.key === 'Escape') done(false)
      }}
    />
  )
}
