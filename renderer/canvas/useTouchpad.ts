import { useReactFlow } from '@xyflow/react'
import { type RefObject, useEffect } from 'react'
import { TouchpadSense } from './touchpad'

/** Two fingers move the view; the wheel of a mouse, and a pinch (told as a wheel with Ctrl), are left to zooming. */
export function useTouchpad(canvas: RefObject<HTMLElement | null>): void {
  const { getViewport, setViewport } = useReactFlow()
  useEffect(() => {
    const area = canvas.current?.querySelector<HTMLElement>('.react-flow__renderer')
    if (!area) return
    const touchpad = new TouchpadSense()
    const scroll = (event: WheelEvent): void => {
      if (event.ctrlKey || !touchpad.sense(event)) return
      // Before React Flow sees it, which would zoom.
      event.preventDefault()
      event.stopPropagation()
      const { x, y, zoom } = getViewport()
      void setViewport({ x: x - event.deltaX, y: y - event.deltaY, zoom })
    }
    area.addEventListener('wheel', scroll, { passive: false, capture: true })
    return () => area.removeEventListener('wheel', scroll, { capture: true })
  }, [canvas, getViewport, setViewport])
}
