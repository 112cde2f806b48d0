import { type MouseEvent, memo, type SyntheticEvent, useMemo } from 'react'
import { useRun } from '../state/run'
import { useSelection } from '../state/selection'
import { CanvasLayer } from './CanvasLayer'
import { openMenu } from './CanvasMenu'
import type { WireView } from './flowViews'
import type { CanvasNode } from './groups/canvasNodes'
import { addReroute } from './rerouteEditing'
import { canvasView } from './view'
import { WireLine } from './WireLine'
import styles from './WireLine.module.css'
import { wirePlaces } from './wirePlaces'
import { pointIn, pressWire } from './wiringGestures'

/**
 * All wires, in one drawing. React Flow would make a drawing of its own for each; the browser then puts hundreds of them together
 * for every frame, which takes longer than all the rest.
 */
export const Wires = memo(function Wires({
  cards,
  wires,
}: {
  cards: readonly CanvasNode[]
  wires: readonly WireView[]
}) {
  const places = useMemo(() => wirePlaces(cards, wires), [cards, wires])
  const alone = useSelection((selection) =>
    selection.nodes.length === 0 && selection.wires.length === 1 ? selection.wires[0] : undefined,
  )
  const flowing = useRun((run) => run.phase === 'training')
  return (
    <CanvasLayer>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: the wires in it are named */}
      <svg className={styles.wires} {...gestures}>
        {wires.map((wire) => {
          const place = places.get(wire.id)
          if (!place) return null
          return (
            <WireLine
              key={wire.id}
              wire={wire}
              fromX={place.from.x}
              fromY={place.from.y}
              toX={place.to.x}
              toY={place.to.y}
              alone={alone === wire.id}
              flowing={flowing}
            />
          )
        })}
      </svg>
    </CanvasLayer>
  )
})

function wireOf(event: SyntheticEvent): string | null {
  const { target } = event
  return target instanceof Element ? (target.closest('[data-wire]')?.getAttribute('data-wire') ?? null) : null
}

function hover(wire: string | null): void {
  if (canvasView.get().hovered !== wire) canvasView.set({ hovered: wire })
}

/** Sets a reroute point into the wire under the pointer. */
function bend(event: MouseEvent, wire: string): void {
  const at = pointIn(event.currentTarget, { x: event.clientX, y: event.clientY })
  addReroute(wire, canvasView.get().port?.toPlace(at))
}

/** The pointer on any wire, answered in one place. */
const gestures = {
  onMouseOver: (event: MouseEvent): void => hover(wireOf(event)),
  onMouseOut(event: MouseEvent): void {
    // From one part of a wire to another it stays pointed at; hidden for a moment, its grips would be gone.
    const { relatedTarget } = event
    const next = relatedTarget instanceof Element ? relatedTarget.closest('[data-wire]') : null
    if (next?.getAttribute('data-wire') !== wireOf(event)) hover(null)
  },
  // With the keyboard's focus a wire tells its shape, as under the pointer.
  onFocus: (event: SyntheticEvent): void => hover(wireOf(event)),
  onBlur: (): void => hover(null),
  onMouseDown(event: MouseEvent): void {
    const wire = wireOf(event)
    const grip = event.target instanceof Element ? event.target.getAttribute('data-grip') : null
    if (wire === null || event.button !== 0 || (grip !== 'input' && grip !== 'output')) return
    // Nothing on the page is to be selected or dragged along.
    event.preventDefault()
    pressWire(wire, grip, event.nativeEvent)
  },
  onClick(event: MouseEvent): void {
    const wire = wireOf(event)
    if (wire === null) return
    if (event.altKey) {
      bend(event, wire)
      return
    }
    const { nodes, wires, select } = useSelection.getState()
    if (!event.shiftKey && !event.ctrlKey && !event.metaKey) select({ wires: [wire] })
    else select({ nodes, wires: wires.includes(wire) ? wires.filter((one) => one !== wire) : [...wires, wire] })
  },
  onDoubleClick(event: MouseEvent): void {
    const wire = wireOf(event)
    if (wire !== null) bend(event, wire)
  },
  onContextMenu(event: MouseEvent): void {
    const wire = wireOf(event)
    if (wire === null) return
    event.preventDefault()
    const at = pointIn(event.currentTarget, { x: event.clientX, y: event.clientY })
    openMenu(at, { kind: 'wire', wire })
  },
}
