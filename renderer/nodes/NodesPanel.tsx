import { TextInput } from '@mantine/core'
import { IconChevronDown, IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { AnyNodeDefinition } from '../../engine/nodes/defineNode'
import { nodeDefinitions } from '../../engine/nodes/index'
import { addAnywhere } from '../canvas/editing'
import { NODE_MIME } from '../canvas/paletteDrop'
import { canvasView } from '../canvas/view'
import { activeModelOf, useDocument } from '../state/document'
import { answers, useBlocks } from './blocks/blocks'
import { MyBlocks } from './blocks/MyBlocks'
import { NoteRow } from './blocks/NoteRow'
import { findsNote } from './blocks/noteSearch'
import { findNodes, groupNodes } from './findNodes'
import { IconTile } from './IconTile'
import styles from './NodesPanel.module.css'
import { soleNode } from './nodeFacts'

/** The palette: every node type by what it is for. A click adds one, dragging puts it where it is let go. */
export function NodesPanel() {
  const [search, setSearch] = useState('')
  const [closed, setClosed] = useState<readonly string[]>([])
  const list = useRef<HTMLDivElement>(null)
  const hasBlocks = useBlocks(({ blocks }) => blocks.length > 0)
  const others = useBlocks(({ blocks }) => blocks.some((block) => answers(block, search))) || findsNote(search)
  const found = findNodes(Object.values(nodeDefinitions), search)
  const rows = (): HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>('button[data-row]') ?? [])]

  /** Up and down go through the list, as in a menu; typing goes back to the search. */
  const walk = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const all = rows()
    const here = all.findIndex((row) => row.matches(':focus'))
    all[(here + step + all.length) % all.length]?.focus()
  }

  return (
    <div className={styles.panel}>
      <TextInput
        aria-label="Find a node"
        placeholder="Find a node"
        leftSection={<IconSearch size={15} aria-hidden="true" />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && found[0]) addAnywhere(found[0])
          else if (event.key === 'Escape' && search !== '') {
            event.stopPropagation()
            setSearch('')
          } else if (event.key === 'ArrowDown') {
            event.preventDefault()
            rows()[0]?.focus()
          }
        }}
      />
      <div className={styles.list} ref={list}>
        {hasBlocks && <MyBlocks search={search} onWalk={walk} />}
        {groupNodes(found).map(({ title, nodes }) => {
          // What is searched for is shown, wherever it belongs.
          const open = search.trim() !== '' || !closed.includes(title)
          return (
            <section key={title} className={styles.group} aria-label={title}>
              <h3 className={styles.title}>
                <button
                  type="button"
                  className={styles.toggle}
                  aria-expanded={open}
                  onClick={() => setClosed(open ? [...closed, title] : closed.filter((one) => one !== title))}
                >
                  {title}
                  <IconChevronDown size={13} aria-hidden="true" />
                </button>
              </h3>
              {open &&
                nodes.map((definition) => <PaletteRow key={definition.type} definition={definition} onWalk={walk} />)}
            </section>
          )
        })}
        <NoteRow search={search} onWalk={walk} />
        {!hasBlocks && <MyBlocks search={search} onWalk={walk} />}
        {found.length === 0 && !others && <p className={styles.nothing}>No node is called “{search.trim()}”.</p>}
      </div>
    </div>
  )
}

function PaletteRow(props: { definition: AnyNodeDefinition; onWalk: (event: KeyboardEvent) => void }) {
  const { definition, onWalk } = props
  const { type, title, letter, category, summary } = definition
  const present = useDocument((state) => soleNode(activeModelOf(state), type) !== null)
  return (
    <button
      type="button"
      className={styles.row}
      data-row
      title={present ? `${summary} The model already has it.` : summary}
      data-present={present}
      draggable={!present}
      onClick={() => addAnywhere(definition)}
      onKeyDown={onWalk}
      onDragStart={(event) => {
        event.dataTransfer.setData(NODE_MIME, type)
        event.dataTransfer.effectAllowed = 'copy'
        canvasView.set({ carried: type })
      }}
      onDragEnd={() => canvasView.set({ carried: null, dropTarget: null })}
    >
      <IconTile letter={letter} category={category} />
      <span>{title}</span>
    </button>
  )
}
