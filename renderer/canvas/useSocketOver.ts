import { useEffect, useState } from 'react'
import { useDocument } from '../state/document'
import type { End } from './acts/ends'
import { canvasView, useCanvasView } from './view'
import { wiringOutcome } from './wiringOutcome'

/** The end that a socket's element stands for (see Socket.tsx); null: no socket. */
function endOf(target: EventTarget | null): End | null {
  const key = target instanceof Element ? target.closest('[data-end]')?.getAttribute('data-end') : null
  const colon = key?.indexOf(':') ?? -1
  return key && colon > 0 ? { node: key.slice(0, colon), port: key.slice(colon + 1) } : null
}

/**
 * The socket under the pointer or with the keyboard's focus while a wire is laid by clicking two sockets; null otherwise. What it would
 * do is told to those who listen, too.
 */
export function useSocketOver(): End | null {
  const clicking = useCanvasView((view) => view.wiring?.clicking === true)
  const [over, setOver] = useState<End | null>(null)
  useEffect(() => {
    if (!clicking) return
    const point = (event: Event): void => {
      const { wiring } = canvasView.get()
      const side =
        event.target instanceof Element ? event.target.closest('[data-end]')?.getAttribute('data-side') : null
      const end = side === wiring?.side ? null : endOf(event.target)
      setOver(end)
      const outcome = end && event.type === 'focusin' ? wiringOutcome(end) : null
      if (outcome !== null) useDocument.getState().announce(outcome)
    }
    document.addEventListener('pointerover', point)
    document.addEventListener('focusin', point)
    return () => {
      document.removeEventListener('pointerover', point)
      document.removeEventListener('focusin', point)
      setOver(null)
    }
  }, [clicking])
  return over
}
