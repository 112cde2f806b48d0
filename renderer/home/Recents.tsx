import { IconFileText } from '@tabler/icons-react'
import { openRecent } from '../shell/files'
import homeStyles from './Home.module.css'
import styles from './Recents.module.css'
import { useStart } from './startStore'

const SHOWN = 5

/** Files opened before, newest first. */
export function Recents() {
  const recents = useStart((state) => state.recents)
  return (
    <section aria-labelledby="recent-heading">
      <h2 id="recent-heading" className={homeStyles.heading}>
        Recent
      </h2>
      {recents.length === 0 ? (
        <p className={styles.none}>Files that you save or open are listed here.</p>
      ) : (
        <ul className={styles.list}>
          {recents.slice(0, SHOWN).map((recent) => (
            <li key={recent.path}>
              <button type="button" className={styles.file} onClick={() => void openRecent(recent.path)}>
                <IconFileText size={17} stroke={1.6} aria-hidden="true" />
                <span className={styles.name}>{recent.name.replace(/\.unroll$/, '')}</span>
                <span className={styles.folder}>
                  <bdi>{recent.folder}</bdi>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
