import { spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { RunBar } from '../run/RunBar'
import { useDocument } from '../state/document'
import { chordKeys } from './chords'
import { DocumentName } from './DocumentName'
import { HistoryButtons } from './HistoryButtons'
import { InspectorSwitch } from './InspectorSwitch'
import { ModelTabs } from './ModelTabs'
import { isMac } from './platform'
import { ThemeSwitch } from './ThemeSwitch'
import styles from './TopBar.module.css'

/** Document, models, history, search, and the one primary button. */
export function TopBar() {
  const name = useDocument((state) => state.document.name)
  return (
    <header className={styles.bar}>
      <h1 className="visuallyHidden">{name}</h1>
      <DocumentName />
      <ModelTabs />
      <div className={styles.spacer} />
      <div className={styles.group}>
        <HistoryButtons />
        <ThemeSwitch />
        <InspectorSwitch />
      </div>
      <button type="button" className={styles.search} aria-label="Search actions" onClick={() => spotlight.open()}>
        <IconSearch size={14} stroke={1.75} className={styles.searchIcon} />
        <span className={styles.searchText}>Search actions</span>
        <span className={styles.searchKeys} aria-hidden="true">
          {chordKeys('Mod+K', isMac()).join(' ')}
        </span>
      </button>
      <RunBar />
    </header>
  )
}
