import { useStoreApi } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import styles from './Backdrop.module.css'

/** Canvas pixels between two dots. */
const GAP = 24
/** Screen pixels below which every second dot is left out. */
const DENSEST = 14

/** The dots behind the model. They follow the view without React and without a drawing of their own for each. */
export function Backdrop() {
  const area = useRef<HTMLDivElement>(null)
  const store = useStoreApi()
  useEffect(() => {
    let shown: readonly number[] = []
    const follow = (): void => {
      const { transform } = store.getState()
      if (transform === shown || !area.current) return
      shown = transform
      const [x, y, zoom] = transform
      let gap = GAP * zoom
      while (gap < DENSEST) gap *= 2
      // The dot is in the middle of its tile.
      area.current.style.backgroundSize = `${gap}px ${gap}px`
      area.current.style.backgroundPosition = `${x - gap / 2}px ${y - gap / 2}px`
    }
    follow()
    return store.subscribe(follow)
  }, [store])
  return <div className={styles.dots} ref={area} />
}
