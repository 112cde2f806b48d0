import { useStore } from '@xyflow/react'
import { memo } from 'react'
import { endKey, type Side } from './acts/ends'
import { CanvasLayer } from './CanvasLayer'
import type { WireView } from './flowViews'
import { wirePath } from './geometry'
import { type CanvasView, useCanvasView } from './view'
import styles from './WireLine.module.css'

/** Canvas pixels above the higher socket: clear of both cards. */
const ABOVE = 36

/** A wire: its colour says what it carries; under the pointer it says how much of it. It pulses while data flow. */
export const WireLine = memo(function WireLine(props: {
  wire: WireView
  fromX: number
  fromY: number
  toX: number
  toY: number
  /** The only thing that is selected: it says what it carries. Of many the sentences would cover each other. */
  alone: boolean
  flowing: boolean
}) {
  const { wire, fromX, fromY, toX, toY, alone, flowing } = props
  const path = wirePath({ from: { x: fromX, y: fromY }, to: { x: toX, y: toY } })
  const doing = useCanvasView((view) => doingOf(view, wire.id))
  const state = doing === 'idle' && wire.selected ? 'selected' : doing
  const words = wire.problem ?? wire.sentence
  return (
    // biome-ignore lint/a11y/useSemanticElements: a part of a drawing cannot be a button element
    <g
      className={styles.wire}
      role="button"
      aria-roledescription="wire"
      aria-label={wire.label}
      aria-pressed={wire.selected}
      tabIndex={0}
      data-wire={wire.id}
      data-kind={wire.kind ?? 'unknown'}
      data-state={state}
      data-problem={wire.problem ? 'yes' : 'no'}
      data-to={endKey(wire.to)}
    >
      <path d={path} className={styles.touch} />
      <path d={path} className={styles.line} />
      {(state === 'hovered' || alone) && <Grips fromX={fromX} fromY={fromY} toX={toX} toY={toY} />}
      {flowing && <path d={path} className={styles.pulse} />}
      {(state === 'hovered' || alone) && words && (
        <WireWords x={(fromX + toX) / 2} y={Math.min(fromY, toY)} words={words} />
      )}
    </g>
  )
})

/** Canvas pixels from a wire's end to where it is taken hold of, clear of the socket; less on short wires. */
const GRIP = 20

/** Where an end of the wire is taken hold of and moved to another socket: wires leave and arrive level. */
function Grips({ fromX, fromY, toX, toY }: { fromX: number; fromY: number; toX: number; toY: number }) {
  const length = Math.hypot(toX - fromX, toY - fromY)
  if (length < 2 * GRIP) return null
  const away = Math.min(GRIP, 0.3 * length)
  return (
    <>
      <Grip side="output" x={fromX + away} y={fromY} />
      <Grip side="input" x={toX - away} y={toY} />
    </>
  )
}

/** What is taken hold of is larger than what is drawn. */
function Grip({ side, x, y }: { side: Side; x: number; y: number }) {
  return (
    <g className={styles.grip}>
      <circle data-grip={side} cx={x} cy={y} r={9} />
      <circle className={styles.knob} cx={x} cy={y} r={5} />
    </g>
  )
}

function doingOf({ hovered, dropTarget, wiring }: CanvasView, wire: string): 'moved' | 'target' | 'hovered' | 'idle' {
  if (wiring?.moved === wire) return 'moved'
  if (dropTarget === wire) return 'target'
  return hovered === wire ? 'hovered' : 'idle'
}

/** The shape as a sentence, of one size at every zoom. */
function WireWords({ x, y, words }: { x: number; y: number; words: string }) {
  const zoom = useStore((store) => store.transform[2])
  return (
    <CanvasLayer>
      <div
        className={styles.words}
        style={{ transform: `translate(${x}px, ${y - ABOVE}px) scale(${1 / zoom}) translate(-50%, -100%)` }}
      >
        {words}
      </div>
    </CanvasLayer>
  )
}
