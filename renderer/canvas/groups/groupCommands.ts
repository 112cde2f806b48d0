import { keepGroup } from '../../nodes/blocks/blockEditing'
import type { AppCommand } from '../../state/appCommands'
import { useSelection } from '../../state/selection'
import { currentGroups } from './currentGroups'
import { HUES } from './groupActs'
import {
  beginRename,
  canLeave,
  groupSelection,
  groupsOfSelection,
  groupWords,
  leaveSelection,
  onlyGroup,
  tintGroup,
  toggleClosed,
  unpackSelection,
} from './groupEditing'

const anyChosen = (): boolean => groupsOfSelection().length > 0
const withOnly = (work: (group: string) => void) => (): void => {
  const group = onlyGroup()
  if (group !== null) work(group)
}

/** What groups offer to the command palette and the keyboard. They stand before what shares their keys: a group that is chosen is meant. */
export const groupCommands: readonly AppCommand[] = [
  {
    id: 'group.make',
    label: () => (groupWords() === 'Group' ? 'Group the selection' : groupWords()),
    group: 'Canvas',
    keys: ['Mod+G'],
    keywords: ['block', 'together', 'collect'],
    menu: 'group',
    enabled: () => useSelection.getState().nodes.length > 0,
    run: groupSelection,
  },
  {
    id: 'group.unpack',
    label: 'Unpack the group, keep its nodes',
    group: 'Canvas',
    keys: ['Mod+Shift+G'],
    keywords: ['ungroup', 'dissolve', 'block'],
    menu: 'ungroup',
    enabled: anyChosen,
    run: unpackSelection,
  },
  {
    id: 'group.rename',
    label: 'Rename the group',
    group: 'Canvas',
    keys: ['F2'],
    keywords: ['name', 'block'],
    menu: 'rename',
    enabled: () => onlyGroup() !== null,
    run: withOnly(beginRename),
  },
  {
    id: 'group.close',
    label: () => {
      const chosen = groupsOfSelection()
      const open = chosen.length > 0 && chosen.every((id) => currentGroups()[id]?.closed === true)
      return open ? 'Open the group' : 'Close the group to one card'
    },
    group: 'Canvas',
    keys: ['Alt+C'],
    keywords: ['collapse', 'expand', 'fold', 'block'],
    menu: 'collapse',
    enabled: anyChosen,
    run: () => toggleClosed(),
  },
  {
    id: 'group.keep',
    label: 'Save the group to My blocks',
    group: 'Canvas',
    keywords: ['palette', 'reuse', 'template', 'block'],
    menu: 'keepBlock',
    enabled: () => onlyGroup() !== null,
    run: withOnly((group) => void keepGroup(group)),
  },
  {
    id: 'group.leave',
    label: 'Take out of the group',
    group: 'Canvas',
    keywords: ['remove', 'leave'],
    enabled: canLeave,
    run: leaveSelection,
  },
  ...HUES.map((hue) => ({
    id: `group.tint.${hue}`,
    label: `Colour the group ${hue}`,
    group: 'Canvas' as const,
    keywords: ['hue', 'tint'],
    enabled: () => onlyGroup() !== null,
    run: withOnly((group) => tintGroup(group, hue)),
  })),
]
