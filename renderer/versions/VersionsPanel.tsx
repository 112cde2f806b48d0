import { Button, TextInput } from '@mantine/core'
import { IconVersions } from '@tabler/icons-react'
import { type FormEvent, useEffect, useState } from 'react'
import { mayHoldMoreVersions, versionsOf } from '../../engine/document/versions'
import { tell } from '../shell/notify'
import { useDocument } from '../state/document'
import panel from '../theme/panel.module.css'
import { VersionRow } from './VersionRow'
import styles from './VersionsPanel.module.css'
import { proposedName, saveVersionAct } from './versionActs'

/** States of the document that the user gave a name, newest first: what differs from now, and the way back. */
export function VersionsPanel() {
  const document = useDocument((state) => state.document)
  const [open, setOpen] = useState<string | null>(null)
  const now = useNow()
  const versions = versionsOf(document)
  return (
    <section className={panel.panel} aria-label="Versions">
      <h2 className={panel.heading}>Versions</h2>
      <SaveForm />
      {versions.length === 0 ? (
        <div className={styles.empty}>
          <IconVersions size={28} stroke={1.4} aria-hidden="true" />
          <p className={panel.empty}>
            Before you try something bold, save a version. It stays in this document: see what differs later, and go
            back whenever you like.
          </p>
        </div>
      ) : (
        <ul className={styles.list}>
          {versions.toReversed().map((version) => (
            <VersionRow
              key={version.id}
              version={version}
              now={now}
              open={open === version.id}
              onToggle={() => setOpen(open === version.id ? null : version.id)}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

function SaveForm() {
  const document = useDocument((state) => state.document)
  const [name, setName] = useState('')
  const full = !mayHoldMoreVersions(document)
  const save = (event: FormEvent) => {
    event.preventDefault()
    const state = useDocument.getState()
    const act = saveVersionAct(state.document, name, Date.now())
    state.apply(act)
    setName('')
    const saved = versionsOf(useDocument.getState().document).at(-1)
    if (saved) tell(`Saved the version “${saved.name}”.`)
  }
  return (
    <form className={styles.form} onSubmit={save}>
      <TextInput
        id="version-name"
        label="Keep this state as"
        placeholder={proposedName(document)}
        value={name}
        maxLength={200}
        disabled={full}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" fullWidth variant="default" disabled={full}>
        Save version
      </Button>
      {full && <p className={panel.text}>A document keeps {versionsOf(document).length} versions. Delete one first.</p>}
    </form>
  )
}

/** Milliseconds between two looks at the clock. */
const LOOK = 30_000

/** The time of day, now and then. */
function useNow(): number {
  const [now, setNow] = useState(Date.now)
  const count = useDocument((state) => versionsOf(state.document).length)
  useEffect(() => {
    // A version saved just now must not seem to come from the future.
    if (count > 0) setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), LOOK)
    return () => clearInterval(timer)
  }, [count])
  return now
}
