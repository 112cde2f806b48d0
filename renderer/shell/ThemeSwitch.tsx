import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import { useApp } from '../state/app'
import type { ThemeChoice } from '../state/appLayout'

const CHOICES: readonly { value: ThemeChoice; label: string; Icon: typeof IconSun }[] = [
  { value: 'light', label: 'Light', Icon: IconSun },
  { value: 'dark', label: 'Dark', Icon: IconMoon },
  { value: 'system', label: 'As the system', Icon: IconDeviceDesktop },
]

export function ThemeSwitch() {
  const theme = useApp((state) => state.theme)
  const setTheme = useApp((state) => state.setTheme)
  const Icon = CHOICES.find((choice) => choice.value === theme)?.Icon ?? IconDeviceDesktop
  return (
    <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Tooltip label="Light or dark">
          <ActionIcon aria-label="Theme">
            <Icon size={17} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {CHOICES.map((choice) => (
          <Menu.Item
            key={choice.value}
            leftSection={<choice.Icon size={15} stroke={1.75} />}
            rightSection={theme === choice.value ? <IconCheck size={14} /> : null}
            onClick={() => setTheme(choice.value)}
          >
            {choice.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
