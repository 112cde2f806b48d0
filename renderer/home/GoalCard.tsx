import type { SampleEntry } from '../../electron/contract'
import { GoalArt } from '../samples/GoalArt'
import { openSample } from '../shell/files'
import styles from './GoalCard.module.css'

/** One goal with the sample that reaches it. */
export function GoalCard({ sample }: { sample: SampleEntry }) {
  return (
    <button
      type="button"
      className={styles.card}
      aria-labelledby={`goal-${sample.id}`}
      aria-describedby={`goal-${sample.id}-summary`}
      onClick={() => void openSample(sample.id)}
    >
      <span className={styles.art}>
        <GoalArt goal={sample.goal} />
      </span>
      <span className={styles.words}>
        <span className={styles.goal}>{sample.goal}</span>
        <span className={styles.title} id={`goal-${sample.id}`}>
          {sample.title}
        </span>
        <span className={styles.summary} id={`goal-${sample.id}-summary`}>
          {sample.summary}
        </span>
      </span>
    </button>
  )
}
