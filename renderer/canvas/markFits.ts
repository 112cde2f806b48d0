import { endKey } from './acts/ends'
import { canvasView, useCanvasView, type Wiring } from './view'

/** Pixels around the canvas in which sockets are marked too: they come into view next. */
const AROUND = 80

/**
 * While a wire is laid: says so on the canvas (`data-wiring`), and on every socket in view whether the wire begins there, may end there
 * or may not (`data-fit`: start, yes, no); for the style sheets. Sockets that fit are then met with Tab. Written into the page by hand and
 * only where it is seen: asking each of 1300 sockets would draw all of them anew for the few that show. Returns what ends it.
 */
export function markFits(canvas: HTMLElement): () => void {
  let shown: Wiring | null = null
  let marked: HTMLElement[] = []
  let reachable: { socket: HTMLElement; tabIndex: number }[] = []
  let frame = 0

  const clear = (): void => {
    cancelAnimationFrame(frame)
    moves.disconnect()
    for (const socket of marked) delete socket.dataset.fit
    for (const { socket, tabIndex } of reachable) socket.tabIndex = tabIndex
    marked = []
    reachable = []
    delete canvas.dataset.wiring
  }
  const sockets = (): NodeListOf<HTMLElement> => canvas.querySelectorAll<HTMLElement>('[data-end]')
  const markSeen = (): void => {
    if (!shown) return
    const view = canvas.getBoundingClientRect()
    for (const socket of sockets()) {
      if (socket.dataset.fit !== undefined || !isNear(socket.getBoundingClientRect(), view)) continue
      socket.dataset.fit = fitOf(shown, socket)
      marked.push(socket)
    }
  }
  // What comes into view is marked then.
  const moves = new MutationObserver(() => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(markSeen)
  })
  const follow = ({ wiring }: { wiring: Wiring | null }): void => {
    if (wiring === shown) return
    shown = wiring
    clear()
    if (!wiring) return
    canvas.dataset.wiring = wiring.side
    markSeen()
    const sheet = canvas.querySelector('.react-flow__viewport')
    if (sheet) moves.observe(sheet, { attributeFilter: ['style'] })
    if (!wiring.clicking) return
    for (const socket of sockets()) {
      if (fitOf(wiring, socket) !== 'yes') continue
      reachable.push({ socket, tabIndex: socket.tabIndex })
      socket.tabIndex = 0
    }
  }
  follow(canvasView.get())
  const end = useCanvasView.subscribe(follow)
  return () => {
    end()
    clear()
  }
}

function fitOf({ side, start, fits }: Wiring, { dataset }: HTMLElement): 'start' | 'yes' | 'no' {
  const end = dataset.end ?? ''
  if (dataset.side === side) return end === endKey(start) ? 'start' : 'no'
  return fits.has(end) ? 'yes' : 'no'
}

function isNear(box: DOMRect, view: DOMRect): boolean {
  return (
    box.right > view.left - AROUND &&
    box.left < view.right + AROUND &&
    box.bottom > view.top - AROUND &&
    box.top < view.bottom + AROUND
  )
}
