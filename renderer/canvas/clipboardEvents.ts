import { plural } from '../../engine/nodes/words'
import { useDocument } from '../state/document'
import { useSelection } from '../state/selection'
import { copyText, cutNodes, pasteText } from './editing'

/** True where typing belongs to a field, which has a clipboard of its own. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
}

/** Copies the selected nodes to the system's clipboard, as text. */
export function copySelection(): void {
  document.execCommand('copy')
}

export function cutSelection(): void {
  document.execCommand('cut')
}

/** Pastes the nodes that are on the system's clipboard, wherever they were copied. */
export async function pasteNodes(options: { keepIncoming: boolean }): Promise<void> {
  const text = await window.unroll.clipboardNodes()
  if (text === null || !pasteText(text, options)) nothingToPaste()
}

function nothingToPaste(): void {
  useDocument.getState().announce('Nothing to paste: copy nodes first')
}

/**
 * Answers the window's own copy, cut and paste events, which need no permission to reach the system's clipboard. Returns what ends
 * the listening.
 */
export function listenToClipboard(): () => void {
  const copy = (event: ClipboardEvent): void => {
    const text = takesPart(event) ? copyText() : null
    if (text === null || !event.clipboardData) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', text)
    const { nodes, notes } = useSelection.getState()
    const what = [
      ...(nodes.length > 0 ? [plural(nodes.length, 'node')] : []),
      ...(notes.length > 0 ? [plural(notes.length, 'note')] : []),
    ]
    if (event.type === 'cut') cutNodes()
    else useDocument.getState().announce(`Copied ${what.join(' and ')}`)
  }
  let shift = false
  const key = (event: KeyboardEvent): void => {
    shift = event.shiftKey
  }
  const paste = (event: ClipboardEvent): void => {
    if (!takesPart(event)) return
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (pasteText(text, { keepIncoming: shift })) event.preventDefault()
    else nothingToPaste()
  }
  document.addEventListener('copy', copy)
  document.addEventListener('cut', copy)
  document.addEventListener('paste', paste)
  document.addEventListener('keydown', key, true)
  return () => {
    document.removeEventListener('copy', copy)
    document.removeEventListener('cut', copy)
    document.removeEventListener('paste', paste)
    document.removeEventListener('keydown', key, true)
  }
}

/** Not while typing, not while text is selected somewhere, not under a dialog. */
function takesPart(event: ClipboardEvent): boolean {
  if (isTyping(event.target) || isTyping(document.activeElement)) return false
  if (document.querySelector('[role="dialog"][aria-modal="true"]')) return false
  return event.type === 'paste' || (window.getSelection()?.isCollapsed ?? true)
}
