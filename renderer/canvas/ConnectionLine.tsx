import { type ConnectionLineComponentProps, getBezierPath } from '@xyflow/react'
import styles from './ConnectionLine.module.css'
import type { CardNode } from './flow'

/** The wire that is being drawn. */
export function ConnectionLine(props: ConnectionLineComponentProps<CardNode>) {
  const { fromX, fromY, toX, toY, fromPosition, toPosition, connectionStatus, fromNode, fromHandle } = props
  const [path] = getBezierPath({
    sourceX: fromX,
    sourceY: fromY,
    sourcePosition: fromPosition,
    targetX: toX,
    targetY: toY,
    targetPosition: toPosition,
  })
  const sockets = fromHandle.type === 'source' ? fromNode.data.outputs : fromNode.data.inputs
  const kind = sockets.find((socket) => socket.name === fromHandle.id)?.carries ?? 'unknown'
  return (
    <g className={styles.line} data-kind={kind} data-status={connectionStatus ?? 'open'}>
      <path d={path} />
      <circle cx={toX} cy={toY} r={4} />
    </g>
  )
}
