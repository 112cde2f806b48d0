import styles from './dockTabs.module.css'
import { GateChart } from './GateChart'
import { gatesEmpty } from './gatesEmpty'
import { useGateNodes, useHasTrace } from './useTrace'

/** One gate chart for each recurrent node with gates. */
export function GatesTab() {
  const nodes = useGateNodes()
  const trained = useHasTrace()
  if (nodes.length === 0) {
    return (
      <div className={styles.single}>
        <GateChart node={null} named={false} empty={gatesEmpty(trained)} />
      </div>
    )
  }
  return (
    <div className={styles.grid}>
      {nodes.map((node) => (
        <GateChart key={node} node={node} named large empty={gatesEmpty(trained)} />
      ))}
    </div>
  )
}
