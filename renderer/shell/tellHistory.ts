import { useApp } from '../state/app'
import { useDocument } from '../state/document'

/** Tells the native menu what undo and redo would do: "Undo Move LSTM". Returns what ends it. */
export function tellHistory(): () => void {
  let told = ''
  let timer = 0
  const tell = (): void => {
    const { past, future } = useDocument.getState()
    const shown = useApp.getState().screen === 'editor'
    const history = { undo: (shown && past.at(-1)) || null, redo: (shown && future[0]) || null }
    const now = JSON.stringify(history)
    if (now === told) return
    told = now
    window.unroll.setHistory(history)
  }
  // After what the edit shows: nobody has the menu open yet.
  const later = (): void => {
    window.clearTimeout(timer)
    timer = window.setTimeout(tell)
  }
  tell()
  const ends = [useDocument.subscribe(later), useApp.subscribe(later)]
  return () => {
    window.clearTimeout(timer)
    for (const end of ends) end()
  }
}
