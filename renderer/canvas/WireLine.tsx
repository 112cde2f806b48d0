import { BaseEdge, type EdgeProps, useStore, ViewportPortal } from '@xyflow/react'
import { memo } from 'react'
import { useRun } from '../state/run'
import { useSelection } from '../state/selection'
import { endKey } from './acts/ends'
import type { WireEdge } from './flow'
import { wirePath } from './geometry'
import { useCanvasView } from './view'
import styles from './WireLine.module.css'

/** Canvas pixels above the higher socket: clear of both cards. */
const ABOVE = 36

/** A wire: its colour says what it carries; under the pointer it says how much of it. It pulses while data flow. */
export const WireLine = memo(function WireLine(props: EdgeProps<WireEdge>) {
  const { id, data, selected = false } = props
  const { sourceX, sourceY, targetX, targetY } = props
  const path = wirePath({ from: { x: sourceX, y: sourceY }, to: { x: targetX, y: targetY } })
  const hovered = useCanvasView((view) => view.hovered === id)
  const target = useCanvasView((view) => view.dropTarget === id)
  const dimmed = useCanvasView((view) => view.wiring !== null)
  // Of many selected wires none tells its shape: the sentences would cover each other.
  const alone = useSelection(({ nodes, wires }) => nodes.length === 0 && wires.length === 1 && wires[0] === id)
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
      {(hovered || alone) && words && (
        <WireWords x={(sourceX + targetX) / 2} y={Math.min(sourceY, targetY)} words={words} />
      )}
    </g>
  )
})

/** The shape as a sentence, of one size at every zoom. */
function WireWords({ x, y, words }: { x: number; y: number; words: string }) {
  const zoom = useStore((store) => store.transform[2])
  return (
    <ViewportPortal>
      <div
        className={styles.words}
        style={{ transform: `translate(${x}px, ${y - ABOVE}px) scale(${1 / zoom}) translate(-50%, -100%)` }}
      >
        {words}
      </div>
    </ViewportPortal>
  )
}
