import { ActionIcon, Tooltip } from '@mantine/core'
import { IconLayoutSidebarRight, IconLayoutSidebarRightFilled } from '@tabler/icons-react'
import { useApp } from '../state/app'

/** Opens and closes the right panel: for more canvas, or where the window is too small for both. */
export function InspectorSwitch() {
  const open = useApp((state) => state.inspectorOpen)
  const toggle = useApp((state) => state.toggleInspector)
  const label = open ? 'Close the inspector' : 'Open the inspector'
  const Icon = open ? IconLayoutSidebarRightFilled : IconLayoutSidebarRight
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} aria-expanded={open} onClick={toggle}>
        <Icon size={17} stroke={1.75} />
      </ActionIcon>
    </Tooltip>
  )
}
