import { type RefObject, useEffect } from 'react'

/**
 * Answers the wheel for as long as the canvas is there, by doing nothing. React Flow takes its own answer away and gives it back
 * whenever a key that adds to the selection goes down or up; an area where the wheel may be held back would come and go with it, and for
 * that the browser paints everything in it anew: with 500 cards 30 ms for each way of the Ctrl key.
 */
export function useSteadyWheel(canvas: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const area = canvas.current?.querySelector<HTMLElement>('.react-flow__renderer')
    if (!area) return
    const nothing = (): void => {}
    area.addEventListener('wheel', nothing, { passive: false })
    return () => area.removeEventListener('wheel', nothing)
  }, [canvas])
}
