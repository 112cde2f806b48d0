import { Button } from '@mantine/core'
import { IconLifebuoy } from '@tabler/icons-react'
import { openDraft } from '../shell/files'
import styles from './DraftNotice.module.css'
import { useStart } from './startStore'

/** Offers the work that a crash interrupted. */
export function DraftNotice() {
  const draft = useStart((state) => state.draft)
  if (!draft) return null
  return (
    <section className={styles.notice} aria-label="Recovered work">
      <IconLifebuoy size={20} stroke={1.6} className={styles.icon} aria-hidden="true" />
      <p className={styles.text}>
        <strong>“{draft.name}” was not saved last time.</strong> It is all still there.
      </p>
      <Button
        size="xs"
        onClick={() => {
          useStart.setState({ draft: null })
          void openDraft(draft)
        }}
      >
        Take it up again
      </Button>
      <Button
        size="xs"
        variant="subtle"
        onClick={() => {
          useStart.setState({ draft: null })
          void window.unroll.forgetRecovered()
        }}
      >
        Throw it away
      </Button>
    </section>
  )
}
