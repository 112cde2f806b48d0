import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useCanvasView } from '../view'
import type { GroupNode } from './canvasNodes'
import styles from './GroupFrame.module.css'
import { GroupTitle } from './GroupTitle'
import { GroupTools } from './GroupTools'
import { chooseGroup, toggleClosed } from './groupEditing'

/** A named set of nodes: a tinted rectangle around them, taken hold of by its head. Its body is canvas. */
export const GroupFrame = memo(function GroupFrame({ data, selected }: NodeProps<GroupNode>) {
  const { group, name, hue, count } = data
  const target = useCanvasView((view) => view.dropGroup === group)
  return (
    <div className={styles.group} data-hue={hue} data-selected={selected} data-target={target}>
      {/* The keyboard's way is Enter on the group itself. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a second way for the mouse */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
      <div
        className={styles.head}
        onClick={(event) => chooseGroup(group, { toggle: event.shiftKey || event.ctrlKey || event.metaKey })}
      >
        <GroupTitle group={group} name={name} />
        <span className={styles.count} aria-hidden="true">
          {count}
        </span>
        <GroupTools group={group} name={name} closed={false} onToggle={() => toggleClosed([group])} />
      </div>
    </div>
  )
})
