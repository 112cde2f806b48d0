import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArrowsDiagonal,
  IconArrowsDiagonalMinimize2,
  IconBookmarkPlus,
  IconBoxMultiple,
  IconBoxOff,
  IconCursorText,
  IconDots,
  IconNote,
  IconTrash,
} from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { plural } from '../../engine/nodes/words'
import { deleteNodes } from '../canvas/editing'
import { nameOf } from '../canvas/groups/groupActs'
import { renameGroup, showGroup, toggleClosed, unpackGroups } from '../canvas/groups/groupEditing'
import { type Notes, noteTitle } from '../canvas/notes/noteActs'
import { deleteNotes, showNote } from '../canvas/notes/noteEditing'
import { keepGroup } from '../nodes/blocks/blockEditing'
import { NameField } from '../shell/NameField'
import { useDocument } from '../state/document'
import { useSelection } from '../state/selection'
import groupStyles from './OutlineGroup.module.css'
import styles from './OutlinePanel.module.css'
import { leaveRow } from './outlineFocus'

/** A group in the outline, with its nodes (`children`) below its name. */
export function OutlineGroup(props: { group: string; onWalk: (event: KeyboardEvent) => void; children: ReactNode }) {
  const { group, onWalk, children } = props
  const one = useDocument((state) => state.document.layout[state.activeModel]?.groups?.[group])
  const selected = useSelection((selection) => selection.groups.includes(group))
  const [renaming, setRenaming] = useState(false)
  const name = nameOf(one)
  if (!one) return null
  const press = (event: KeyboardEvent): void => {
    onWalk(event)
    if (event.key === 'F2') {
      event.preventDefault()
      setRenaming(true)
    }
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      leaveRow(event.currentTarget)
      deleteNodes(one.nodes)
    }
  }
  return (
    <li>
      <div className={styles.row} data-selected={selected}>
        {renaming ? (
          <div className={styles.field}>
            <NameField
              value={name}
              label={`Name of ${name}`}
              onCancel={() => setRenaming(false)}
              onDone={(text) => {
                setRenaming(false)
                renameGroup(group, text)
              }}
            />
          </div>
        ) : (
          <button
            type="button"
            className={styles.name}
            data-row
            aria-pressed={selected}
            onClick={() => showGroup(group)}
            onDoubleClick={() => setRenaming(true)}
            onKeyDown={press}
          >
            <span className={groupStyles.tile} data-hue={one.hue ?? 'blue'} aria-hidden="true">
              <IconBoxMultiple size={13} />
            </span>
            <span className={styles.words}>
              <span>{name}</span>
              <span className={styles.line}>
                group of {plural(one.nodes.length, 'node')}
                {one.closed === true && ', closed'}
              </span>
            </span>
          </button>
        )}
        <GroupMenu
          group={group}
          name={name}
          closed={one.closed === true}
          nodes={one.nodes}
          onRename={() => setRenaming(true)}
        />
      </div>
      <ol className={styles.held} aria-label={`Nodes in the group ${name}`}>
        {children}
      </ol>
    </li>
  )
}

function GroupMenu(props: {
  group: string
  name: string
  closed: boolean
  nodes: readonly string[]
  onRename: () => void
}) {
  const { group, name, closed, nodes, onRename } = props
  return (
    <Menu position="bottom-end" width={220} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon size={24} className={styles.more ?? ''} aria-label={`What to do with the group ${name}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconCursorText size={16} />} onClick={onRename}>
          Rename
        </Menu.Item>
        <Menu.Item
          leftSection={closed ? <IconArrowsDiagonal size={16} /> : <IconArrowsDiagonalMinimize2 size={16} />}
          onClick={() => toggleClosed([group])}
        >
          {closed ? 'Open' : 'Close to one card'}
        </Menu.Item>
        <Menu.Item leftSection={<IconBookmarkPlus size={16} />} onClick={() => void keepGroup(group)}>
          Save to My blocks
        </Menu.Item>
        <Menu.Item leftSection={<IconBoxOff size={16} />} onClick={() => unpackGroups([group])}>
          Unpack, keep its nodes
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          className={styles.danger ?? ''}
          leftSection={<IconTrash size={16} />}
          onClick={() => deleteNodes(nodes)}
        >
          Delete with its nodes
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const noNotes: Notes = {}

/** The notes of the model, after its nodes. */
export function OutlineNotes({ onWalk }: { onWalk: (event: KeyboardEvent) => void }) {
  const notes = useDocument((state) => state.document.layout[state.activeModel]?.notes ?? noNotes)
  const chosen = useSelection((selection) => selection.notes)
  const ids = Object.keys(notes)
  if (ids.length === 0) return null
  return (
    <>
      <h3 className={groupStyles.heading}>Notes</h3>
      <ul className={styles.list} aria-label="Notes">
        {Object.entries(notes).map(([id, note]) => (
          <li key={id} className={styles.row} data-selected={chosen.includes(id)}>
            <button
              type="button"
              className={styles.name}
              data-row
              aria-pressed={chosen.includes(id)}
              onClick={() => showNote(id)}
              onDoubleClick={() => useSelection.getState().write(id)}
              onKeyDown={(event) => {
                onWalk(event)
                if (event.key !== 'Delete' && event.key !== 'Backspace' && event.key !== 'F2') return
                event.preventDefault()
                if (event.key === 'F2') {
                  showNote(id)
                  useSelection.getState().write(id)
                } else deleteNotes([id])
              }}
            >
              <span className={groupStyles.tile} data-hue={note.hue ?? 'yellow'} aria-hidden="true">
                <IconNote size={13} />
              </span>
              <span className={styles.words}>
                <span>{noteTitle(note)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
