import { ActionIcon, Button, Kbd } from '@mantine/core'
import { IconArrowLeft, IconFile, IconFolderOpen, IconSettings } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useSamples } from '../samples/useSamples'
import { chordKeys } from '../shell/chords'
import { newDocument, openWithDialog } from '../shell/files'
import { isMac } from '../shell/platform'
import { ThemeSwitch } from '../shell/ThemeSwitch'
import { useApp } from '../state/app'
import { useDocument } from '../state/document'
import { DraftNotice } from './DraftNotice'
import { GoalCard } from './GoalCard'
import styles from './Home.module.css'
import { Logo } from './Logo'
import { Recents } from './Recents'
import { readStart } from './startStore'

/** The first thing one sees: goals to pick from, files to open, work to take up again. */
export function Home() {
  const samples = useSamples()
  useEffect(() => {
    void readStart()
  }, [])
  return (
    <div className={styles.home}>
      <header className={styles.top}>
        <Logo />
        <BackButton />
        <span className={styles.spacer} />
        <ThemeSwitch />
        <ActionIcon aria-label="Settings" onClick={() => useApp.getState().openDialog({ kind: 'settings' })}>
          <IconSettings size={17} stroke={1.75} />
        </ActionIcon>
      </header>
      <main className={styles.main}>
        <DraftNotice />
        <h1 className={styles.title}>What should your model do?</h1>
        <p className={styles.lead}>
          Pick a goal: its model opens ready to train, on real data. Nothing here can break.
        </p>
        <ul className={styles.goals}>
          {samples?.map((sample) => (
            <li key={sample.id}>
              <GoalCard sample={sample} />
            </li>
          ))}
        </ul>
        <div className={styles.below}>
          <section className={styles.own} aria-labelledby="own-heading">
            <h2 id="own-heading" className={styles.heading}>
              Start from your own
            </h2>
            <div className={styles.buttons}>
              <OwnButton label="New empty model" chord="Mod+N" Icon={IconFile} onClick={() => void newDocument()} />
              <OwnButton
                label="Open a file"
                chord="Mod+O"
                Icon={IconFolderOpen}
                onClick={() => void openWithDialog()}
              />
            </div>
            <p className={styles.hint}>Or drop an Unroll file anywhere in this window.</p>
          </section>
          <Recents />
        </div>
      </main>
    </div>
  )
}

interface OwnButtonProps {
  label: string
  chord: string
  Icon: typeof IconFile
  onClick: () => void
}

function OwnButton({ label, chord, Icon, onClick }: OwnButtonProps) {
  return (
    <Button
      variant="default"
      leftSection={<Icon size={17} stroke={1.6} />}
      onClick={onClick}
      className={styles.button ?? ''}
    >
      {label}
      <Kbd size="xs" className={styles.key ?? ''} aria-hidden="true">
        {chordKeys(chord, isMac()).join(' ')}
      </Kbd>
    </Button>
  )
}

function BackButton() {
  const hasDocument = useApp((state) => state.hasDocument)
  const showEditor = useApp((state) => state.showEditor)
  const name = useDocument((state) => state.document.name)
  if (!hasDocument) return null
  return (
    <Button variant="subtle" leftSection={<IconArrowLeft size={16} stroke={1.75} />} onClick={showEditor}>
      Back to {name}
    </Button>
  )
}
