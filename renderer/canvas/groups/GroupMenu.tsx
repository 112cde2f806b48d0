import { Menu } from '@mantine/core'
import {
  IconArrowsDiagonal,
  IconArrowsDiagonalMinimize2,
  IconBookmarkPlus,
  IconBoxOff,
  IconCopy,
  IconCopyPlus,
  IconCursorText,
  IconPlug,
  IconTrash,
} from '@tabler/icons-react'
import { keepGroup } from '../../nodes/blocks/blockEditing'
import { Chord } from '../../shell/Chord'
import menu from '../CanvasMenu.module.css'
import { copySelection } from '../clipboardEvents'
import { deleteSelection, duplicateSelection } from '../editing'
import { canvasView } from '../view'
import { groupCardId } from './canvasIds'
import { currentGroups } from './currentGroups'
import { beginRename, tintGroup, toggleClosed, unpackGroups } from './groupEditing'
import { HueItems } from './HueItems'

/** What can be done with a group; it is selected with all its nodes while its menu is open. */
export function GroupItems({ group }: { group: string }) {
  const one = currentGroups()[group]
  if (!one) return null
  const closed = one.closed === true
  return (
    <>
      <Menu.Item
        leftSection={<IconCursorText size={16} />}
        rightSection={<Chord keys="F2" />}
        onClick={() => beginRename(group)}
      >
        Rename
      </Menu.Item>
      <Menu.Item
        leftSection={closed ? <IconArrowsDiagonal size={16} /> : <IconArrowsDiagonalMinimize2 size={16} />}
        rightSection={<Chord keys="Alt+C" />}
        onClick={() => toggleClosed([group])}
      >
        {closed ? 'Open' : 'Close to one card'}
      </Menu.Item>
      {closed && (
        <Menu.Item
          leftSection={<IconPlug size={16} />}
          onClick={() => canvasView.set({ connecting: groupCardId(group) })}
        >
          Connect to…
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconBookmarkPlus size={16} />} onClick={() => void keepGroup(group)}>
        Save to My blocks
      </Menu.Item>
      <HueItems hue={one.hue ?? 'blue'} onChoose={(hue) => tintGroup(group, hue)} />
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
        leftSection={<IconBoxOff size={16} />}
        rightSection={<Chord keys="Mod+Shift+G" />}
        onClick={() => unpackGroups([group])}
      >
        Unpack, keep its nodes
      </Menu.Item>
      <Menu.Item
        className={menu.danger ?? ''}
        leftSection={<IconTrash size={16} />}
        rightSection={<Chord keys="Delete" />}
        onClick={() => deleteSelection({ reconnect: false })}
      >
        Delete with its nodes
      </Menu.Item>
    </>
  )
}
