import { Popover } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Position } from '../../engine/document/layoutSchema'
import styles from './FloatingPanel.module.css'
import { canvasView } from './view'

/** A small window at a point of the canvas; Escape and a click elsewhere close it. */
export function FloatingPanel({
  at,
  onClose,
  width,
  label,
  children,
}: {
  at: Position
  onClose: () => void
  width: number
  label: string
  children: ReactNode
}) {
  return (
    <Popover
      opened
      onDismiss={() => {
        onClose()
        canvasView.get().port?.focusCanvas()
      }}
      trapFocus
      withRoles={false}
      returnFocus={false}
      position="bottom-start"
      offset={6}
      width={width}
      middlewares={{ shift: { padding: 8 }, flip: { padding: 8 } }}
    >
      <Popover.Target>
        <span className={styles.anchor} style={{ left: at.x, top: at.y }} />
      </Popover.Target>
      <Popover.Dropdown className={styles.panel ?? ''} role="dialog" aria-label={label}>
        {children}
      </Popover.Dropdown>
    </Popover>
  )
}
