import { type CategoryKey, categories } from './categories'
import styles from './IconTile.module.css'

/** The coloured square with a letter that stands for a node type: on cards, in the palette, in lists. */
export function IconTile({ letter, category, size = 18 }: { letter: string; category: CategoryKey; size?: 18 | 22 }) {
  return (
    <span className={styles.tile} data-hue={categories[category].hue} data-size={size} aria-hidden="true">
      {letter}
    </span>
  )
}
