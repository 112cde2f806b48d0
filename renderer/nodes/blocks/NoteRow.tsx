import { IconNote } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { addNote } from '../../canvas/notes/noteEditing'
import { NOTE_MIME } from '../../canvas/paletteDrop'
import panel from '../NodesPanel.module.css'
import styles from './MyBlocks.module.css'
import { findsNote, NOTE_SUMMARY } from './noteSearch'

/** The palette's last part: what is on the canvas for people only. */
export function NoteRow({ search, onWalk }: { search: string; onWalk: (event: KeyboardEvent) => void }) {
  if (!findsNote(search)) return null
  return (
    <section className={panel.group} aria-label="For readers">
      <h3 className={styles.title}>For readers</h3>
      <button
        type="button"
        className={panel.row}
        data-row
        title={NOTE_SUMMARY}
        draggable
        onClick={() => addNote()}
        onKeyDown={onWalk}
        onDragStart={(event) => {
          event.dataTransfer.setData(NOTE_MIME, 'note')
          event.dataTransfer.effectAllowed = 'copy'
        }}
      >
        <span className={styles.tile} aria-hidden="true">
          <IconNote size={14} />
        </span>
        <span>Note</span>
      </button>
    </section>
  )
}
