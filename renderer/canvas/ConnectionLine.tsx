import type { ConnectionLineComponentProps } from '@xyflow/react'
import { nodeFacts } from '../nodes/nodeFacts'
import { type End, sameEnd } from './acts/ends'
import styles from './ConnectionLine.module.css'
import { currentContext } from './editing'
import type { CardNode } from './flow'
import { wirePath } from './geometry'
import { canvasView } from './view'
import { judge } from './wiring'

/** The wire that is being drawn; over a socket it says what will happen there. */
export function ConnectionLine(props: ConnectionLineComponentProps<CardNode>) {
  const { fromX, fromY, toX, toY, connectionStatus, fromNode, fromHandle, toHandle } = props
  const [start, end] = [
    { x: fromX, y: fromY },
    { x: toX, y: toY },
  ]
  // From an input the wire is drawn backwards.
  const path = wirePath(fromHandle.type === 'source' ? { from: start, to: end } : { from: end, to: start })
  const { inputs, outputs, ways } = fromNode.data
  const sockets = [...inputs, ...outputs, ...(ways ? [ways.enter, ways.leave] : [])]
  const kind = sockets.find((socket) => socket.name === fromHandle.id)?.carries ?? 'unknown'
  const words = toHandle?.id ? outcome({ node: toHandle.nodeId, port: toHandle.id }) : null
  return (
    <g className={styles.line} data-kind={kind} data-status={connectionStatus ?? 'open'}>
      <path d={path} />
      <circle cx={toX} cy={toY} r={4} />
      {words && (
        <foreignObject x={toX + 14} y={toY + 10} width={1} height={1} className={styles.hint}>
          <span className={styles.words}>{words}</span>
        </foreignObject>
      )}
    </g>
  )
}

/** What letting go over this socket would do, in a few words; why nothing, if it does not fit. */
function outcome(other: End): string | null {
  const { wiring } = canvasView.get()
  if (!wiring || other.node === wiring.start.node) return null
  const context = currentContext()
  const { model } = context
  const judgement = judge(context, wiring.start, wiring.side, other)
  if (!judgement.ok) return judgement.message
  const title = (node: string): string => nodeFacts(model, node, null)?.title ?? node
  const to = wiring.side === 'output' ? other : wiring.start
  const there = Object.entries(model.wires).find(([id, wire]) => id !== wiring.moved && sameEnd(wire.to, to))
  const verb = `Connects ${wiring.side === 'output' ? `to ${title(other.node)}` : `from ${title(other.node)}`}`
  return there ? `${verb}, in place of the wire from ${title(there[1].from.node)}` : verb
}
