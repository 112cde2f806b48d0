import { useStoreApi } from '@xyflow/react'
import { type RefObject, useEffect } from 'react'

/** While the view or a card moves, the browser keeps the model as a picture of its own: see Canvas.module.css. */
export function inMotion(canvas: HTMLElement | null, moving: boolean): void {
  if (canvas) canvas.dataset.moving = String(moving)
}

/** Below this zoom nobody can read what stands small on a card. */
const FAR = 0.4

/** Marks the canvas while it is seen from far: what cannot be read is then not drawn. */
export function useFarView(canvas: RefObject<HTMLElement | null>): void {
  const store = useStoreApi()
  useEffect(() => {
    const look = (): void => {
      const far = String(store.getState().transform[2] < FAR)
      if (canvas.current && canvas.current.dataset.far !== far) canvas.current.dataset.far = far
    }
    look()
    return store.subscribe(look)
  }, [canvas, store])
}
