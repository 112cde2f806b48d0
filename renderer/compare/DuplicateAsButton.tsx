import { Button, Menu } from '@mantine/core'
import { IconArrowsExchange, IconChevronDown } from '@tabler/icons-react'
import { memo } from 'react'
import { CounterpartItems } from './CounterpartItems'

/** Makes the model on the canvas anew as another kind. */
export const DuplicateAsButton = memo(function DuplicateAsButton({ fullWidth = false }: { fullWidth?: boolean }) {
  return (
    <Menu position="bottom-start" width={256} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          fullWidth={fullWidth}
          leftSection={<IconArrowsExchange size={14} stroke={1.75} />}
          rightSection={<IconChevronDown size={13} stroke={1.75} />}
        >
          Duplicate as another kind
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <CounterpartItems />
      </Menu.Dropdown>
    </Menu>
  )
})
