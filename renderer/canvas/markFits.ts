import { endKey } from './acts/ends'
import { type CanvasView, canvasView, useCanvasView } from './view'

/**
 * While a wire is laid: says so on the canvas (`data-wiring`), and on the sockets where it begins and where it may end (`data-fit`);
 * the style sheets dim all others, and those that fit are met with Tab. Written into the page by hand, since asking every socket would
 * draw 1300 of them anew for two or three hundred marks. Returns what ends it.
 */
export function markFits(canvas: HTMLElement): () => void {
  let shown: CanvasView['wiring'] = null
  let marked: { socket: HTMLElement; tabIndex: number }[] = []
  const mark = (socket: HTMLElement, fit: 'start' | 'yes'): void => {
    marked.push({ socket, tabIndex: socket.tabIndex })
    socket.dataset.fit = fit
    if (fit === 'yes') socket.tabIndex = 0
  }
  const clear = (): void => {
    for (const { socket, tabIndex } of marked) {
      delete socket.dataset.fit
      socket.tabIndex = tabIndex
    }
    marked = []
    delete canvas.dataset.wiring
  }
  const follow = ({ wiring }: CanvasView): void => {
    if (wiring === shown) return
    shown = wiring
    clear()
    if (!wiring) return
    canvas.dataset.wiring = wiring.side
    const start = endKey(wiring.start)
    for (const socket of canvas.querySelectorAll<HTMLElement>('[data-end]')) {
      const { end = '', side } = socket.dataset
      if (side === wiring.side) {
        if (end === start) mark(socket, 'start')
      } else if (wiring.fits.has(end)) mark(socket, 'yes')
    }
  }
  follow(canvasView.get())
  const end = useCanvasView.subscribe(follow)
  return () => {
    end()
    clear()
  }
}
