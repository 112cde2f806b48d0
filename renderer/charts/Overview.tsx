import styles from './dockTabs.module.css'
import { GateChart } from './GateChart'
import { gatesEmpty } from './gatesEmpty'
import { LossChart } from './LossChart'
import { ResultBars } from './ResultBars'
import { useGateNodes, useHasTrace } from './useTrace'

/** Three questions side by side. */
export function Overview() {
  const nodes = useGateNodes()
  const trained = useHasTrace()
  return (
    <div className={styles.three}>
      <LossChart />
      <GateChart node={nodes.at(-1) ?? null} named={nodes.length > 1} empty={gatesEmpty(trained)} />
      <ResultBars />
    </div>
  )
}
