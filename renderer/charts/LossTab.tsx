import styles from './dockTabs.module.css'
import { LossChart } from './LossChart'

/** The loss over the whole width. */
export function LossTab() {
  return (
    <div className={styles.single}>
      <LossChart large />
    </div>
  )
}
