import { useSelection } from '../../state/selection'
import { TitleField } from '../TitleField'
import { groupCardId } from './canvasIds'
import styles from './GroupTitle.module.css'
import { beginRename, renameGroup } from './groupEditing'

/** A group's name; double click or F2 turns it into a field. */
export function GroupTitle({ group, name }: { group: string; name: string }) {
  const renaming = useSelection((selection) => selection.renaming === groupCardId(group))
  if (renaming) {
    const card = groupCardId(group)
    return (
      <TitleField card={card} title={name} className={styles.field} onRename={(next) => renameGroup(group, next)} />
    )
  }
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
