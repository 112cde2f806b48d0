import { useApp } from '../state/app'
import { useDocument } from '../state/document'

/** Tells the native menu what undo and redo would do: "Undo Move LSTM". Returns what ends it. */
export function tellHistory(): () => void {
  let told = ''
  const tell = (): void => {
    const { past, future } = useDocument.getState()
    const shown = useApp.getState().screen === 'editor'
    const history = { undo: (shown && past.at(-1)) || null, redo: (shown && future[0]) || null }
    const now = JSON.stringify(history)
    if (now === told) return
    told = now
    window.unroll.setHistory(history)
  }
  tell()
  const ends = [useDocument.subscribe(tell), useApp.subscribe(tell)]
  return () => {
    for (const end of ends) end()
  }
}
