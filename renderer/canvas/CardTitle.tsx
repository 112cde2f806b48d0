import { useSelection } from '../state/selection'
import styles from './CardTitle.module.css'
import { renameNode } from './editing'
import { TitleField } from './TitleField'

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
  return <TitleField card={node} title={title} className={styles.field} onRename={(name) => renameNode(node, name)} />
}
