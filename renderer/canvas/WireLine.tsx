import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath, useStore } from '@xyflow/react'
import { memo } from 'react'
import { useRun } from '../state/run'
import { endKey } from './acts/ends'
import type { WireEdge } from './flow'
import { useCanvasView } from './view'
import styles from './WireLine.module.css'

/** A wire: its colour says what it carries; under the pointer it says how much of it. It pulses while data flow. */
export const WireLine = memo(function WireLine(props: EdgeProps<WireEdge>) {
  const { id, data, selected = false } = props
  const [path, x, y] = getBezierPath(props)
  const hovered = useCanvasView((view) => view.hovered === id)
  const target = useCanvasView((view) => view.dropTarget === id)
  const dimmed = useCanvasView((view) => view.wiring !== null)
  const flowing = useRun((run) => run.phase === 'training')
  const state = target ? 'target' : selected ? 'selected' : hovered ? 'hovered' : dimmed ? 'dimmed' : 'idle'
  const words = data?.problem ?? data?.sentence
  return (
    <g
      className={styles.wire}
      data-kind={data?.kind ?? 'unknown'}
      data-state={state}
      data-problem={data?.problem ? 'yes' : 'no'}
      data-wire-to={endKey({ node: props.target, port: props.targetHandleId ?? '' })}
    >
      <BaseEdge path={path} interactionWidth={18} className={styles.line ?? ''} />
      {flowing && <path d={path} className={styles.pulse} />}
      {(hovered || selected) && words && <WireWords x={x} y={y} words={words} />}
    </g>
  )
})

/** The shape as a sentence, of one size at every zoom. */
function WireWords({ x, y, words }: { x: number; y: number; words: string }) {
  const zoom = useStore((store) => store.transform[2])
  return (
    <EdgeLabelRenderer>
      <div
        className={styles.words}
        style={{ transform: `translate(${x}px, ${y - 14}px) scale(${1 / zoom}) translate(-50%, -100%)` }}
      >
        {words}
      </div>
    </EdgeLabelRenderer>
  )
}
