import { useDocument } from '../state/document'
import { hasLessMotion } from '../theme/motion'

/** Milliseconds that cards take to their new places; as in Canvas.module.css and WireLine.module.css. */
const DURATION = 180

let stop: () => void = () => {}

/**
 * Does an act whose cards glide to their new places, their wires with them. The browser moves them between the drawing before the act
 * and the one after it, so nothing is worked out anew for each picture. Whatever comes next, undo too, is seen at once.
 */
export function gliding(canvas: HTMLElement, act: () => void): void {
  stop()
  if (hasLessMotion()) {
    act()
    return
  }
  canvas.dataset.gliding = 'true'
  act()
  const forget = useDocument.subscribe((state, before) => {
    if (state.document !== before.document) stop()
  })
  const timer = window.setTimeout(() => stop(), DURATION + 40)
  stop = () => {
    window.clearTimeout(timer)
    forget()
    delete canvas.dataset.gliding
    stop = () => {}
  }
}
