import { keyOfCopy } from '../run/gatedCopy'
import styles from './dockTabs.module.css'
import { GateChart } from './GateChart'
import { gatesEmpty } from './gatesEmpty'
import { useGatedCopies, useHasTrace } from './useTrace'

/** One gate chart for each recurrent node with gates, and for each of its copies. */
export function GatesTab() {
  const copies = useGatedCopies()
  const trained = useHasTrace()
  if (copies.length === 0) {
    return (
      <div className={styles.single}>
        <GateChart of={null} named={false} empty={gatesEmpty(trained)} />
      </div>
    )
  }
  return (
    <div className={styles.grid}>
      {copies.map((copy) => (
        <GateChart key={keyOfCopy(copy)} of={copy} named large empty={gatesEmpty(trained)} />
      ))}
    </div>
  )
}
