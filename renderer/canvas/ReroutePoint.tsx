import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { definitionOf } from '../../engine/nodes/index'
import { activeModelOf, useDocument } from '../state/document'
import { useSelection } from '../state/selection'
import { CardTitle } from './CardTitle'
import type { CardNode, SocketView } from './flowViews'
import styles from './ReroutePoint.module.css'
import { Socket } from './Socket'

/** A bend in a wire: a dot in the wire's colour. Its middle moves it; wires are drawn out of its sides. */
export const ReroutePoint = memo(function ReroutePoint({ id, data, selected }: NodeProps<CardNode>) {
  const { title, inputs, outputs, problem } = data
  const renaming = useSelection((selection) => selection.renaming === id)
  const named = useDocument((state) => {
    const node = activeModelOf(state).nodes[id]
    return node?.name !== undefined && node.name !== definitionOf(node.type)?.title
  })
  return (
    <div
      className={styles.point}
      data-kind={inputs[0]?.carries ?? 'unknown'}
      data-selected={selected}
      data-problem={problem?.severity ?? 'none'}
      title={inputs[0]?.sentence ?? undefined}
    >
      <Side node={id} title={title} socket={inputs[0]} focusable={selected} />
      <span className={styles.dot} />
      <Side node={id} title={title} socket={outputs[0]} focusable={selected} />
      {(named || renaming) && (
        <div className={styles.name}>
          <CardTitle node={id} title={title} renaming={renaming} />
        </div>
      )}
    </div>
  )
})

function Side(props: { node: string; title: string; socket: SocketView | undefined; focusable: boolean }) {
  const { node, title, socket, focusable } = props
  return (
    <div className={styles.side}>
      {socket && <Socket node={node} title={title} socket={socket} focusable={focusable} />}
    </div>
  )
}
