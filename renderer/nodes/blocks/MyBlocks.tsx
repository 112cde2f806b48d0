import { ActionIcon, Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconBoxMultiple, IconCursorText, IconDots, IconTrash } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useState } from 'react'
import type { SavedBlock } from '../../../electron/contract'
import { BLOCK_MIME } from '../../canvas/paletteDrop'
import { canvasView } from '../../canvas/view'
import { NameField } from '../../shell/NameField'
import panel from '../NodesPanel.module.css'
import { blockWords, insertBlock } from './blockEditing'
import { answers, forgetBlock, putBack, readBlocks, renameBlock, useBlocks } from './blocks'
import styles from './MyBlocks.module.css'

/** The user's own part of the palette: groups that were saved, to be used in any document. */
export function MyBlocks({ search, onWalk }: { search: string; onWalk: (event: KeyboardEvent) => void }) {
  const blocks = useBlocks((state) => state.blocks)
  useEffect(() => void readBlocks(), [])
  const found = blocks.filter((block) => answers(block, search))
  if (search.trim() !== '' && found.length === 0) return null
  return (
    <section className={panel.group} aria-label="My blocks">
      <h3 className={styles.title}>My blocks</h3>
      {found.map((block) => (
        <BlockRow key={block.id} block={block} onWalk={onWalk} />
      ))}
      {blocks.length === 0 && (
        <p className={styles.hint}>
          Group nodes with Ctrl+G and save the group from its menu: it is then here, for every model.
        </p>
      )}
    </section>
  )
}

function BlockRow({ block, onWalk }: { block: SavedBlock; onWalk: (event: KeyboardEvent) => void }) {
  const [renaming, setRenaming] = useState(false)
  if (renaming) {
    return (
      <div className={styles.field}>
        <NameField
          value={block.name}
          label={`Name of ${block.name}`}
          onCancel={() => setRenaming(false)}
          onDone={(name) => {
            setRenaming(false)
            void renameBlock(block, name)
          }}
        />
      </div>
    )
  }
  return (
    <div className={styles.block}>
      <button
        type="button"
        className={panel.row}
        data-row
        title={blockWords(block)}
        draggable
        onClick={() => insertBlock(block)}
        onKeyDown={(event) => {
          onWalk(event)
          if (event.key !== 'F2' && event.key !== 'Delete') return
          event.preventDefault()
          if (event.key === 'F2') setRenaming(true)
          else void forget(block)
        }}
        onDragStart={(event) => {
          event.dataTransfer.setData(BLOCK_MIME, block.id)
          event.dataTransfer.effectAllowed = 'copy'
          canvasView.set({ carried: block.id })
        }}
        onDragEnd={() => canvasView.set({ carried: null, dropTarget: null })}
      >
        <span className={styles.tile} aria-hidden="true">
          <IconBoxMultiple size={14} />
        </span>
        <span className={styles.name}>{block.name}</span>
      </button>
      <Menu position="bottom-end" width={160} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon size={24} className={styles.more ?? ''} aria-label={`What to do with ${block.name}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCursorText size={16} />} onClick={() => setRenaming(true)}>
            Rename
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => void forget(block)}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}

/** Blocks are in no document, so undo does not reach them: for a while it can be put back. */
async function forget(block: SavedBlock): Promise<void> {
  if (!(await forgetBlock(block))) return
  const id = `forgot-${block.id}`
  notifications.show({
    id,
    autoClose: 8000,
    withBorder: false,
    message: (
      <span className={styles.gone}>
        <span>“{block.name}” was deleted from My blocks</span>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            notifications.hide(id)
            void putBack(block)
          }}
        >
          Put back
        </Button>
      </span>
    ),
  })
}
