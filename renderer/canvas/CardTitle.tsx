import { useEffect, useRef } from 'react'
import { useSelection } from '../state/selection'
import styles from './CardTitle.module.css'
import { renameNode } from './editing'

/** Letters of a name that a card always has room for. */
const SURE_TO_FIT = 14

/** A node's name; double click or F2 turns it into a field. */
export function CardTitle({ node, title, renaming }: { node: string; title: string; renaming: boolean }) {
  if (!renaming) {
    return (
      // The keyboard's way is F2 on the card.
      // biome-ignore lint/a11y/noStaticElementInteractions: a second way for the mouse
      <span
        className={styles.title}
        data-long={title.length > SURE_TO_FIT}
        onDoubleClick={(event) => {
          event.stopPropagation()
          useSelection.getState().rename(node)
        }}
      >
        {title}
      </span>
    )
  }
  return <TitleField node={node} title={title} />
}

function TitleField({ node, title }: { node: string; title: string }) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  const done = (keep: boolean): void => {
    const name = field.current?.value ?? title
    const card = field.current?.closest<HTMLElement>('.react-flow__node')
    if (useSelection.getState().renaming !== node) return
    useSelection.getState().rename(null)
    if (keep && name.trim() !== title) renameNode(node, name)
    card?.focus({ preventScroll: true })
  }
  return (
    <input
      ref={field}
      className={`${styles.field} nodrag nopan`}
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
