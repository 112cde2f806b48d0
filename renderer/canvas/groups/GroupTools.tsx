import { IconArrowsDiagonal, IconArrowsDiagonalMinimize2, IconDots } from '@tabler/icons-react'
import type { MouseEvent } from 'react'
import { openMenu } from '../CanvasMenu'
import { pointIn } from '../wiringGestures'
import styles from './GroupTools.module.css'

/** The two small buttons of a group's head: close or open it, and its menu. */
export function GroupTools(props: { group: string; name: string; closed: boolean; onToggle: () => void }) {
  const { group, name, closed, onToggle } = props
  const menu = (event: MouseEvent): void => {
    event.stopPropagation()
    const box = event.currentTarget.getBoundingClientRect()
    openMenu(pointIn(event.currentTarget, { x: box.left, y: box.bottom }), { kind: 'group', group })
  }
  return (
    <span className={styles.tools}>
      <button
        type="button"
        className={`${styles.tool} nodrag nopan`}
        aria-label={`${closed ? 'Open' : 'Close'} ${name}`}
        title={closed ? 'Open (Alt+C)' : 'Close to one card (Alt+C)'}
        onClick={(event) => {
          event.stopPropagation()
          onToggle()
        }}
      >
        {closed ? (
          <IconArrowsDiagonal size={14} aria-hidden="true" />
        ) : (
          <IconArrowsDiagonalMinimize2 size={14} aria-hidden="true" />
        )}
      </button>
      <button
        type="button"
        className={`${styles.tool} nodrag nopan`}
        aria-label={`What to do with ${name}`}
        title="More"
        onClick={menu}
      >
        <IconDots size={14} aria-hidden="true" />
      </button>
    </span>
  )
}
