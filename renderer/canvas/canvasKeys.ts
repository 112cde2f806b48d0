import type { KeyboardEvent } from 'react'
import { useSelection } from '../state/selection'
import { isTyping } from './clipboardEvents'
import { nudge } from './editing'
import { GRID } from './geometry'
import { readCanvasId } from './groups/canvasIds'
import { chooseGroup } from './groups/groupEditing'
import { canvasView } from './view'
import { clickCard } from './wiringGestures'

const arrows: Readonly<Record<string, { x: number; y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

/** Steps of the grid that an arrow key moves with Shift held. */
const FAST = 4

/**
 * Keys that mean something only on the canvas itself; the others are commands of the whole window (canvasCommands.ts). Tab opens
 * the list of nodes only for those who work with the pointer: for the keyboard it must go on to the next element, and while a wire is laid
 * to the next socket that fits.
 */
export function pressOnCanvas(event: KeyboardEvent, byPointer: boolean): void {
  if (isTyping(event.target) || event.defaultPrevented) return
  const arrow = arrows[event.key]
  const { wiring } = canvasView.get()
  if (event.key === 'Escape') {
    if (!canvasView.close()) useSelection.getState().clear()
  } else if (event.key === 'Tab' && byPointer && !event.shiftKey && !event.ctrlKey && wiring === null) {
    event.preventDefault()
    canvasView.get().port?.openSearch()
  } else if (event.key === 'Enter' || event.key === ' ') {
    if (selectFocused(event)) event.preventDefault()
  } else if (arrow && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault()
    const step = GRID * (event.shiftKey ? FAST : 1)
    nudge(arrow.x * step, arrow.y * step)
  }
}

/** Enter on a group chooses it with its nodes; on a note selects it, and once more lets it be written. False: the card is a node's. */
function selectMark(card: string, shift: boolean): boolean {
  const { kind, id } = readCanvasId(card)
  if (kind === 'node') return false
  if (kind === 'group') {
    chooseGroup(id, { toggle: shift })
    return true
  }
  const { nodes, wires, groups, notes, select, write } = useSelection.getState()
  const alone = nodes.length === 0 && notes.length === 1 && notes[0] === id
  if (shift) {
    const others = notes.filter((note) => note !== id)
    select({ nodes, wires, groups, notes: others.length < notes.length ? others : [...notes, id] })
  } else if (alone) write(id)
  else select({ notes: [id] })
  return true
}

/** Enter or Space on a card ends a wire that was begun by clicking; otherwise, and on a wire, it selects; with Shift it joins or leaves the selection. */
function selectFocused(event: KeyboardEvent): boolean {
  if (!(event.target instanceof Element)) return false
  const id = event.target.getAttribute('data-id')
  const wire = event.target.getAttribute('data-wire')
  const { nodes, wires, select } = useSelection.getState()
  const toggled = (ids: readonly string[], id: string): string[] =>
    ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]
  if (id !== null && event.target.matches('.react-flow__node')) {
    if (clickCard(id, event.target)) return true
    if (selectMark(id, event.shiftKey)) return true
    select(event.shiftKey ? { nodes: toggled(nodes, id), wires } : { nodes: [id] })
    return true
  }
  if (wire !== null) {
    select(event.shiftKey ? { nodes, wires: toggled(wires, wire) } : { wires: [wire] })
    return true
  }
  return false
}
