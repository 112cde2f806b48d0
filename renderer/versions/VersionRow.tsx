import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconChevronRight, IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { SavedVersion } from '../../engine/document/schema'
import { NameField } from '../shell/NameField'
import { tell } from '../shell/notify'
import { useDocument } from '../state/document'
import { Differences } from './Differences'
import { relativeTime } from './relativeTime'
import styles from './VersionsPanel.module.css'
import { deleteVersionAct, renameVersionAct, restoreVersionAct } from './versionActs'

/** One version: its name and age; opened, what differs from now and what can be done with it. */
export function VersionRow(props: { version: SavedVersion; now: number; open: boolean; onToggle: () => void }) {
  const { version, now, open, onToggle } = props
  const [renaming, setRenaming] = useState(false)
  const rename = (typed: string) => {
    setRenaming(false)
    const act = renameVersionAct(version, typed)
    if (act) useDocument.getState().apply(act)
  }
  return (
    <li className={styles.version} data-open={open}>
      {renaming ? (
        <div className={styles.renaming}>
          <NameField
            value={version.name}
            label="Name of the version"
            onDone={rename}
            onCancel={() => setRenaming(false)}
          />
        </div>
      ) : (
        <button type="button" className={styles.row} aria-expanded={open} onClick={onToggle}>
          <IconChevronRight size={14} stroke={1.75} className={styles.chevron} aria-hidden="true" />
          <span className={styles.name}>{version.name}</span>
          <time className={styles.age} dateTime={version.savedAt} title={new Date(version.savedAt).toLocaleString()}>
            {relativeTime(version.savedAt, now)}
          </time>
        </button>
      )}
      {open && (
        <div className={styles.body}>
          <Differences version={version} />
          <div className={styles.buttons}>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconArrowBackUp size={15} stroke={1.75} />}
              onClick={() => {
                useDocument.getState().apply(restoreVersionAct(version))
                tell(`Restored “${version.name}”. Undo brings back what was there before.`)
              }}
            >
              Restore
            </Button>
            <Tooltip label="Rename">
              <ActionIcon size={28} aria-label={`Rename ${version.name}`} onClick={() => setRenaming(true)}>
                <IconPencil size={15} stroke={1.75} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label="Delete">
              <ActionIcon
                size={28}
                aria-label={`Delete ${version.name}`}
                onClick={() => useDocument.getState().apply(deleteVersionAct(version))}
              >
                <IconTrash size={15} stroke={1.75} />
              </ActionIcon>
            </Tooltip>
          </div>
        </div>
      )}
    </li>
  )
}
