import { plural } from '../../engine/nodes/words'
import { briefly } from '../nodes/approximately'
import styles from './CostLine.module.css'
import type { Cost } from './flowViews'

/** "1 408 weights · 77k sums" in small print below a card, where it changes nobody's size; nothing for what costs nothing. */
export function CostLine({ cost: { weights, sums } }: { cost: Cost }) {
  const parts = [...(weights > 0 ? [plural(weights, 'weight')] : []), ...(sums > 0 ? [`${briefly(sums)} sums`] : [])]
  return parts.length === 0 ? null : <div className={styles.cost}>{parts.join(' · ')}</div>
}
