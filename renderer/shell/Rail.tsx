import { Tooltip, UnstyledButton } from '@mantine/core'
import {
  IconChartLine,
  IconDatabase,
  IconHome,
  IconKeyboard,
  IconLayoutGrid,
  IconListTree,
  IconRoute,
  IconSettings,
  IconVersions,
} from '@tabler/icons-react'
import { useApp } from '../state/app'
import type { RailPanel } from '../state/appLayout'
import { chordWords } from './chords'
import { isMac } from './platform'
import styles from './Rail.module.css'

const PANELS: readonly { panel: RailPanel; label: string; Icon: typeof IconRoute }[] = [
  { panel: 'nodes', label: 'Nodes', Icon: IconRoute },
  { panel: 'data', label: 'Data', Icon: IconDatabase },
  { panel: 'samples', label: 'Samples', Icon: IconLayoutGrid },
  { panel: 'runs', label: 'Runs', Icon: IconChartLine },
  { panel: 'outline', label: 'Outline', Icon: IconListTree },
  { panel: 'versions', label: 'Versions', Icon: IconVersions },
]

/** The narrow bar at the left: one button for each panel, below it the start screen and the keys. */
export function Rail() {
  const open = useApp((state) => state.rail)
  const toggle = useApp((state) => state.toggleRail)
  const showHome = useApp((state) => state.showHome)
  const openDialog = useApp((state) => state.openDialog)
  return (
    <nav className={styles.rail} aria-label="Panels">
      {PANELS.map(({ panel, label, Icon }) => (
        <UnstyledButton key={panel} className={styles.item} aria-pressed={open === panel} onClick={() => toggle(panel)}>
          <Icon size={20} stroke={1.6} aria-hidden="true" />
          <span>{label}</span>
        </UnstyledButton>
      ))}
      <div className={styles.spacer} />
      <Tooltip label="Start screen" position="right">
        <UnstyledButton className={styles.small} aria-label="Start screen" onClick={showHome}>
          <IconHome size={19} stroke={1.6} />
        </UnstyledButton>
      </Tooltip>
      <Tooltip label={`Settings (${chordWords('Mod+,', isMac())})`} position="right">
        <UnstyledButton className={styles.small} aria-label="Settings" onClick={() => openDialog({ kind: 'settings' })}>
          <IconSettings size={19} stroke={1.6} />
        </UnstyledButton>
      </Tooltip>
      <Tooltip label="Keys (?)" position="right">
        <UnstyledButton className={styles.small} aria-label="Keys" onClick={() => openDialog({ kind: 'keys' })}>
          <IconKeyboard size={19} stroke={1.6} />
        </UnstyledButton>
      </Tooltip>
    </nav>
  )
}
