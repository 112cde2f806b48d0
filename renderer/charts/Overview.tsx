import styles from './dockTabs.module.css'
import { GateChart } from './GateChart'
import { gatesEmpty } from './gatesEmpty'
import { LossChart } from './LossChart'
import { ResultBars } from './ResultBars'
import { useGatedCopies, useHasTrace } from './useTrace'

/** Three questions side by side. */
export function Overview() {
  const copies = useGatedCopies()
  const trained = useHasTrace()
  return (
    <div className={styles.three}>
      <LossChart />
      <GateChart of={copies.at(-1) ?? null} named={copies.length > 1} empty={gatesEmpty(trained)} />
      <ResultBars />
    </div>
  )
}
