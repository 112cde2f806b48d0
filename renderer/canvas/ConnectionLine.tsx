import type { ConnectionLineComponentProps } from '@xyflow/react'
import styles from './ConnectionLine.module.css'
import { wirePath } from './geometry'
import type { CanvasNode } from './groups/canvasNodes'

/** The wire that is being drawn. */
export function ConnectionLine(props: ConnectionLineComponentProps<CanvasNode>) {
  const { fromX, fromY, toX, toY, connectionStatus, fromNode, fromHandle } = props
  const [start, end] = [
    { x: fromX, y: fromY },
    { x: toX, y: toY },
  ]
  // From an input the wire is drawn backwards.
  const path = wirePath(fromHandle.type === 'source' ? { from: start, to: end } : { from: end, to: start })
  const { data } = fromNode
  const ways = 'ways' in data && data.ways ? [data.ways.enter, data.ways.leave] : []
  const sockets = 'inputs' in data ? [...data.inputs, ...data.outputs, ...ways] : []
  const kind = sockets.find((socket) => socket.name === fromHandle.id)?.carries ?? 'unknown'
  return (
    <g className={styles.line} data-kind={kind} data-status={connectionStatus ?? 'open'}>
      <path d={path} />
      <circle cx={toX} cy={toY} r={4} />
    </g>
  )
}
