import type { DataPreview } from '../../engine/data/prepared'
import { UNKNOWN_SYMBOL } from '../../engine/data/vocabulary'
import { shortNumber } from '../charts/numbers'
import { sparkPath } from '../run/Sparkline'
import styles from './Preview.module.css'

const WIDTH = 96
const HEIGHT = 26

/** The first training example: what the model sees, and the answer it should give. `isNext`: the answer is the symbol that follows. */
export function Preview({ preview, isNext }: { preview: DataPreview; isNext: boolean }) {
  if (preview.kind === 'symbols') {
    const label = isNext ? 'then comes' : 'answer'
    return (
      <div className={styles.preview}>
        <p className={styles.excerpt}>
          {preview.symbols.map((symbol) => (symbol === UNKNOWN_SYMBOL ? '‹rare›' : symbol)).join(preview.separator)}
        </p>
        <p className={styles.answer}>
          {label} <mark>{preview.answer === ' ' ? 'a space' : preview.answer}</mark>
        </p>
      </div>
    )
  }
  if (preview.kind === 'pair') {
    return (
      <div className={styles.preview}>
        <p className={styles.excerpt}>{preview.from}</p>
        <p className={styles.answer}>
          becomes <mark>{preview.to}</mark>
        </p>
      </div>
    )
  }
  if (preview.kind === 'tagged') {
    const words = preview.words.map((word, step) => ({ word, tag: preview.tags[step] ?? '', key: `${step} ${word}` }))
    return (
      <div className={styles.preview}>
        <p className={styles.tagged}>
          {words.map(({ word, tag, key }) => (
            <span key={key}>
              {word === UNKNOWN_SYMBOL ? '‹rare›' : word} <small>{tag}</small>
            </span>
          ))}
        </p>
      </div>
    )
  }
  return (
    <div className={styles.preview}>
      <ul className={styles.series}>
        {preview.series.map(({ name, values }) => (
          <li key={name}>
            <span className={styles.name}>{name}</span>
            <span className={styles.last}>{shortNumber(values.at(-1) ?? Number.NaN)}</span>
            <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
              <path d={sparkPath(values, WIDTH, HEIGHT)} />
            </svg>
          </li>
        ))}
      </ul>
      {preview.answers.map(({ name, value }) => (
        <p key={name} className={styles.answer}>
          then {name} is <mark>{shortNumber(value)}</mark>
        </p>
      ))}
    </div>
  )
}
