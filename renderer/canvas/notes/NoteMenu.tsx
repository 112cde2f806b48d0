import { Menu } from '@mantine/core'
import { IconCopy, IconCopyPlus, IconCursorText, IconTrash } from '@tabler/icons-react'
import { Chord } from '../../shell/Chord'
import { useSelection } from '../../state/selection'
import menu from '../CanvasMenu.module.css'
import { copySelection } from '../clipboardEvents'
import { deleteSelection, duplicateSelection } from '../editing'
import { currentNotes } from '../groups/currentGroups'
import { HueItems } from '../groups/HueItems'
import { tintNote } from './noteEditing'

/** What can be done with a note. */
export function NoteItems({ note }: { note: string }) {
  const one = currentNotes()[note]
  if (!one) return null
  return (
    <>
      <Menu.Item
        leftSection={<IconCursorText size={16} />}
        rightSection={<Chord keys="F2" />}
        onClick={() => useSelection.getState().write(note)}
      >
        Write
      </Menu.Item>
      <HueItems hue={one.hue ?? 'yellow'} onChoose={(hue) => tintNote(note, hue)} />
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconCopyPlus size={16} />}
        rightSection={<Chord keys="Mod+D" />}
        onClick={duplicateSelection}
      >
        Duplicate
      </Menu.Item>
      <Menu.Item leftSection={<IconCopy size={16} />} rightSection={<Chord keys="Mod+C" />} onClick={copySelection}>
        Copy
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        className={menu.danger ?? ''}
        leftSection={<IconTrash size={16} />}
        rightSection={<Chord keys="Delete" />}
        onClick={() => deleteSelection({ reconnect: false })}
      >
        Delete
      </Menu.Item>
    </>
  )
}
