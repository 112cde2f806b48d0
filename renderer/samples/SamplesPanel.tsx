import { openSample } from '../shell/files'
import { useDocument } from '../state/document'
import panel from '../theme/panel.module.css'
import { GoalArt } from './GoalArt'
import styles from './SamplesPanel.module.css'
import { useSamples } from './useSamples'

/** What the open sample shows, and the other samples to go to. */
export function SamplesPanel() {
  const samples = useSamples()
  const claim = useDocument((state) => state.document.claim)
  const lookFor = useDocument((state) => state.document.lookFor)
  return (
    <section className={panel.panel} aria-label="Samples">
      <h2 className={panel.heading}>Samples</h2>
      {claim || lookFor ? (
        <div className={styles.claim}>
          {claim ? <p className={styles.says}>{claim}</p> : null}
          {lookFor ? (
            <p>
              <strong>What to look for.</strong> {lookFor}
            </p>
          ) : null}
        </div>
      ) : null}
      <ul className={styles.list}>
        {samples?.map((sample) => (
          <li key={sample.id}>
            <button
              type="button"
              className={styles.card}
              aria-label={sample.title}
              aria-describedby={`sample-${sample.id}`}
              onClick={() => void openSample(sample.id)}
            >
              <span className={styles.art}>
                <GoalArt goal={sample.goal} />
              </span>
              <span className={styles.title}>{sample.title}</span>
              <span className={styles.summary} id={`sample-${sample.id}`}>
                {sample.summary}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
