import { invariant } from '../base/invariant'
import type { Probe } from '../ir/program'
import type { GateStatistics } from './frame'

/** Columns of a gate probe's value [G, 4]: how many activations, their sum, how many below 0.1, how many above 0.9. */
const COLUMNS = 4

/**
 * Statistics of one recurrent node from the probe values of all shards. Counts and sums are added, so that the result is that of
 * the whole batch. Gates without a single activation are left out.
 *
 * @param shards one [G, 4] per shard that took part
 */
export function mergeGateStatistics(
  probe: Pick<Probe, 'node' | 'copy' | 'labels'>,
  shards: readonly ArrayLike<number>[],
): GateStatistics[] {
  return probe.labels.flatMap((gate, row) => {
    const total = (column: number): number =>
      shards.reduce((sum, values) => {
        const value = values[row * COLUMNS + column]
        invariant(value !== undefined, `the probe of ${probe.node} has too few rows`)
        return sum + value
      }, 0)
    const count = total(0)
    if (count === 0) return []
    const shares = { mean: total(1) / count, low: total(2) / count, high: total(3) / count }
    const { node, copy } = probe
    return [{ node, gate, ...(copy === undefined ? {} : { copy }), ...shares }]
  })
}
