import { Spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useReducer } from 'react'
import { COMMAND_GROUPS, isEnabled, labelOf, shownKeys, useCommands } from '../state/appCommands'
import styles from './CommandPalette.module.css'
import { Keys } from './Keys'
import { rankActions } from './rankActions'

/** Every action of the window, found by its name; what makes no sense at the moment is left out. */
export function CommandPalette() {
  const commands = useCommands((state) => state.commands)
  // Which commands make sense follows from many stores: looked at anew whenever the palette opens.
  const [, look] = useReducer((count: number) => count + 1, 0)
  const shown = commands.filter((command) => command.inPalette !== false && isEnabled(command))
  const actions = COMMAND_GROUPS.map((group) => ({
    group,
    actions: shown
      .filter((command) => command.group === group)
      .map((command) => {
        const [chord] = shownKeys(command)
        return {
          id: command.id,
          label: labelOf(command),
          keywords: [...(command.keywords ?? [])],
          rightSection: chord === undefined ? null : <Keys chord={chord} />,
          onClick: () => command.run(),
        }
      }),
  })).filter((group) => group.actions.length > 0)
  return (
    <Spotlight
      actions={actions}
      filter={rankActions}
      shortcut={null}
      nothingFound="No action of that name"
      scrollable
      maxHeight={440}
      size={560}
      radius="lg"
      overlayProps={{ blur: 0 }}
      attributes={{ content: { 'aria-label': 'Search actions' } }}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': 'Actions', role: 'group' } }}
      onSpotlightOpen={look}
      classNames={{
        action: styles.action ?? '',
        actionLabel: styles.label ?? '',
        actionsGroup: styles.group ?? '',
        search: styles.search ?? '',
      }}
      searchProps={{
        placeholder: 'What do you want to do?',
        'aria-label': 'Search actions',
        leftSection: <IconSearch size={16} stroke={1.75} />,
      }}
    />
  )
}
