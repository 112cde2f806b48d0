import { serializeDocument } from '../../engine/document/serialize'
import { useApp } from '../state/app'
import { useDocument } from '../state/document'

/** Milliseconds of rest before a changed document is kept as a draft; what a crash can cost at most. */
const REST = 1200

/**
 * Keeps unsaved work as a draft for recovery, and the window's title in step with the document. Returns what ends it.
 */
export function keepDrafts(): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null
  const keep = () => {
    timer = null
    const { document, path, unsaved } = useDocument.getState()
    const draft = unsaved ? { path, name: document.name, text: serializeDocument(document) } : null
    void window.unroll.keepDraft(draft)
  }
  const tellTitle = () => {
    const { document, unsaved } = useDocument.getState()
    if (useApp.getState().hasDocument) window.unroll.setTitle({ name: document.name, unsaved })
  }
  const endDocument = useDocument.subscribe((state, before) => {
    if (state.document.name !== before.document.name || state.unsaved !== before.unsaved) tellTitle()
    if (state.document === before.document && state.unsaved === before.unsaved) return
    // A draft of an untouched document would only ask a needless question at the next start.
    if (!useApp.getState().hasDocument) return
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(keep, state.unsaved ? REST : 0)
  })
  const endApp = useApp.subscribe((state, before) => {
    if (state.hasDocument !== before.hasDocument) tellTitle()
  })
  return () => {
    endDocument()
    endApp()
    if (timer !== null) clearTimeout(timer)
  }
}
