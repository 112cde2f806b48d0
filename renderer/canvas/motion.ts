import { useStoreApi } from '@xyflow/react'
import { type RefObject, useEffect } from 'react'

/** Milliseconds of rest after which the model is drawn sharp again; turns of the wheel that follow each other are one movement. */
const REST = 200

const resting = new WeakMap<HTMLElement, number>()

/** While the view or a card moves, the browser keeps the model as a picture of its own: see Canvas.module.css. */
export function inMotion(canvas: HTMLElement | null, moving: boolean): void {
  if (!canvas) return
  window.clearTimeout(resting.get(canvas))
  if (moving) canvas.dataset.moving = 'true'
  else
    resting.set(
      canvas,
      window.setTimeout(() => delete canvas.dataset.moving, REST),
    )
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
