import { useEffect, useRef } from 'react'
import { useSelection } from '../../state/selection'
import { groupCardId } from './canvasIds'
import styles from './GroupTitle.module.css'
import { beginRename, renameGroup } from './groupEditing'

/** A group's name; double click or F2 turns it into a field. */
export function GroupTitle({ group, name }: { group: string; name: string }) {
  const renaming = useSelection((selection) => selection.renaming === groupCardId(group))
  if (renaming) return <TitleField group={group} name={name} />
  return (
    // The keyboard's way is F2 on the group.
    // biome-ignore lint/a11y/noStaticElementInteractions: a second way for the mouse
    <span
      className={styles.title}
      title={name}
      onDoubleClick={(event) => {
        event.stopPropagation()
        beginRename(group)
      }}
    >
      {name}
    </span>
  )
}

function TitleField({ group, name }: { group: string; name: string }) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    field.current?.focus({ preventScroll: true })
    field.current?.select()
  }, [])
  const done = (keep: boolean): void => {
    const card = field.current?.closest<HTMLElement>('.react-flow__node')
    if (useSelection.getState().renaming !== groupCardId(group)) return
    useSelection.getState().rename(null)
    if (keep && field.current) renameGroup(group, field.current.value)
    card?.focus({ preventScroll: true })
  }
  return (
    <input
      ref={field}
      className={`${styles.field} nodrag nopan`}
      aria-label={`Name of ${name}`}
      defaultValue={name}
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
