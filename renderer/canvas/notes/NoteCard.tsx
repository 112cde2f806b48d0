import { type NodeProps, NodeResizeControl } from '@xyflow/react'
import { memo, useEffect, useRef } from 'react'
import { useSelection } from '../../state/selection'
import type { NoteNode } from '../groups/canvasNodes'
import styles from './NoteCard.module.css'
import { NOTE } from './noteActs'
import { endWriting, resizeNote, writeNote } from './noteEditing'

/** Milliseconds of rest after which what was typed is kept, so that a crash takes little of it. */
const REST = 300

/** Words on the canvas, for people only. A double click or F2 lets them be written. */
export const NoteCard = memo(function NoteCard({ data, selected }: NodeProps<NoteNode>) {
  const { note, text, hue, title } = data
  const writing = useSelection((selection) => selection.writing === note)
  return (
    // The keyboard's way is F2 on the note.
    // biome-ignore lint/a11y/noStaticElementInteractions: a second way for the mouse
    <div
      className={styles.note}
      data-hue={hue}
      data-selected={selected}
      onDoubleClick={(event) => {
        event.stopPropagation()
        useSelection.getState().write(note)
      }}
    >
      {writing ? (
        <NoteField note={note} text={text} label={`Text of the note: ${title}`} />
      ) : (
        <div className={styles.text} data-empty={text.trim() === ''}>
          {text.trim() === '' ? 'Double-click to write' : text}
        </div>
      )}
      {selected && !writing && (
        <NodeResizeControl
          className={styles.grip ?? ''}
          position="bottom-right"
          autoScale={false}
          minWidth={NOTE.least.width}
          minHeight={NOTE.least.height}
          onResizeEnd={(_event, { width, height }) => resizeNote(note, { width, height })}
        />
      )}
    </div>
  )
})

function NoteField({ note, text, label }: { note: string; text: string; label: string }) {
  const field = useRef<HTMLTextAreaElement>(null)
  const waiting = useRef(0)
  useEffect(() => {
    const area = field.current
    area?.focus({ preventScroll: true })
    area?.setSelectionRange(area.value.length, area.value.length)
    return () => window.clearTimeout(waiting.current)
  }, [])
  const keep = (): void => {
    window.clearTimeout(waiting.current)
    if (field.current) writeNote(note, field.current.value)
  }
  return (
    <textarea
      ref={field}
      className={`${styles.field} nodrag nopan nowheel`}
      aria-label={label}
      defaultValue={text}
      maxLength={NOTE.mostLetters}
      placeholder="What should people know here?"
      onChange={() => {
        window.clearTimeout(waiting.current)
        waiting.current = window.setTimeout(keep, REST)
      }}
      onBlur={() => {
        keep()
        endWriting(note)
      }}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key !== 'Escape' && !(event.key === 'Enter' && (event.ctrlKey || event.metaKey))) return
        event.preventDefault()
        const card = event.currentTarget.closest<HTMLElement>('.react-flow__node')
        event.currentTarget.blur()
        card?.focus({ preventScroll: true })
      }}
    />
  )
}
