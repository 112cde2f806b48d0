import { ActionIcon, Menu } from '@mantine/core'
import { IconChevronDown, IconPlayerPlay, IconScale } from '@tabler/icons-react'
import { Chord } from '../shell/Chord'
import { useDocument } from '../state/document'
import { useRun } from '../state/run'
import { useCompare } from './compareStore'
import styles from './TrainMenu.module.css'

/** The other half of the Train button: this model, or all of them. */
export function TrainMenu() {
  const count = useDocument((state) => state.document.models.length)
  const train = useRun((run) => run.train)
  const trainAll = useCompare((state) => state.trainAll)
  return (
    <Menu position="bottom-end" width={304} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="filled" className={styles.toggle ?? ''} aria-label="More ways to train">
          <IconChevronDown size={14} stroke={2} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPlayerPlay size={15} stroke={1.75} />}
          rightSection={<Chord keys="Mod+Enter" />}
          onClick={() => train()}
        >
          Train this model
        </Menu.Item>
        <Menu.Item
          leftSection={<IconScale size={15} stroke={1.75} />}
          rightSection={<Chord keys="Mod+Shift+Enter" />}
          onClick={trainAll}
        >
          {count > 1 ? `Train all ${count} and compare` : 'Train and compare'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
