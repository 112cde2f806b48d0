import { RangeSlider } from '@mantine/core'
import type { DataSummary } from '../../engine/data/prepared'
import { groupedNumber } from '../charts/numbers'
import { leaveField } from '../inspector/settingsEditing'
import styles from './DataSettings.module.css'
import { changeData, splitAt } from './dataActs'

/** How the examples are shared out: two borders on one bar. */
export function SplitField({
  split,
  summary,
}: {
  split: { training: number; validation: number }
  summary: DataSummary | null
}) {
  const training = Math.round(split.training * 100)
  const known = Math.round((split.training + split.validation) * 100)
  const parts = [
    { name: 'Training', share: training, count: summary?.examples.training },
    { name: 'Validation', share: known - training, count: summary?.examples.validation },
    { name: 'Test', share: 100 - known, count: summary?.examples.test },
  ]
  return (
    <div className={styles.split} id="data-split">
      <span className={styles.label}>Parts</span>
      <RangeSlider
        style={{ '--known': `${known}%` }}
        min={0}
        max={100}
        step={1}
        minRange={1}
        label={null}
        value={[training, known]}
        thumbFromLabel="End of the training part, in per cent"
        thumbToLabel="End of the validation part, in per cent"
        onChange={([first, second]) => changeData('the parts', { split: { ...split, ...splitAt(first, second) } })}
        onChangeEnd={leaveField}
        classNames={{ track: styles.splitTrack ?? '', bar: styles.splitBar ?? '' }}
      />
      <ul className={styles.parts}>
        {parts.map((part) => (
          <li key={part.name}>
            <span>{part.name}</span>
            <strong>{part.share} %</strong>
            <span>{part.count === undefined ? '' : groupedNumber(part.count)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
