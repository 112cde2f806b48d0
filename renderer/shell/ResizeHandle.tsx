import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { useApp } from '../state/app'
import { largestSize, PANEL_SIZES, type PanelName, usualSize } from '../state/appLayout'
import styles from './ResizeHandle.module.css'

export interface ResizeHandleProps {
  panel: PanelName
  label: string
}

/** Pixels that one press of an arrow key moves; with Shift. */
const STEP = 8
const LARGE_STEP = 64

/** Which way a panel grows: to the right of the rail, to the left and upwards from the edges. */
const GROWS: Readonly<Record<PanelName, { axis: 'x' | 'y'; sign: 1 | -1 }>> = {
  left: { axis: 'x', sign: 1 },
  right: { axis: 'x', sign: -1 },
  dock: { axis: 'y', sign: -1 },
}

/** The edge of a panel: dragged, moved by arrow keys, and set back by a double click. */
export function ResizeHandle({ panel, label }: ResizeHandleProps) {
  const size = useApp((state) => state.sizes[panel])
  const start = useRef<{ at: number; size: number } | null>(null)
  const { axis, sign } = GROWS[panel]
  const { minimum } = PANEL_SIZES[panel]

  const room = () => ({ width: window.innerWidth, height: window.innerHeight })
  const set = (wanted: number) => {
    const { sizes, resize } = useApp.getState()
    resize({ [panel]: Math.round(Math.max(minimum, Math.min(largestSize(panel, sizes, room()), wanted))) })
  }
  const place = (event: PointerEvent) => (axis === 'x' ? event.clientX : event.clientY)

  const onKeyDown = (event: KeyboardEvent) => {
    const forward = axis === 'x' ? 'ArrowRight' : 'ArrowDown'
    const backward = axis === 'x' ? 'ArrowLeft' : 'ArrowUp'
    if (event.key !== forward && event.key !== backward) return
    event.preventDefault()
    const step = (event.shiftKey ? LARGE_STEP : STEP) * (event.key === forward ? 1 : -1)
    set(size + step * sign)
  }

  return (
    // A splitter that can be moved is a control (WAI-ARIA 1.2, separator): it takes the focus and has a value.
    // biome-ignore lint/a11y/useSemanticElements: <hr> cannot be a moving splitter
    <div
      className={styles.handle}
      data-panel={panel}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={size}
      aria-valuemin={minimum}
      aria-valuemax={PANEL_SIZES[panel].maximum}
      onKeyDown={onKeyDown}
      onDoubleClick={() => set(usualSize(panel, useApp.getState().room.wide))}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { at: place(event), size }
      }}
      onPointerMove={(event) => {
        if (start.current) set(start.current.size + (place(event) - start.current.at) * sign)
      }}
      onPointerUp={() => {
        start.current = null
      }}
      onPointerCancel={() => {
        start.current = null
      }}
    />
  )
}
