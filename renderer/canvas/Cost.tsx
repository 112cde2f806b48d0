import styles from './Cost.module.css'

/** What a node costs, in small print below its card, where it changes nobody's size. */
export function Cost({ words }: { words: string }) {
  return <div className={styles.cost}>{words}</div>
}
