import { Popover } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Position } from '../../engine/document/schema'
import styles from './FloatingPanel.module.css'

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
      onDismiss={onClose}
      trapFocus
      withRoles={false}
      returnFocus
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
