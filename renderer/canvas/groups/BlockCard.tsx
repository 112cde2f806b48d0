import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useRun } from '../../state/run'
import { CostLine } from '../CostLine'
import type { SocketView } from '../flowViews'
import { ProblemMark } from '../ProblemMark'
import { Socket } from '../Socket'
import styles from './BlockCard.module.css'
import type { BlockNode } from './canvasNodes'
import { GroupTitle } from './GroupTitle'
import { GroupTools } from './GroupTools'
import { toggleClosed } from './groupEditing'

/** A closed group: one card with a socket for each end that what it hides has to wire. */
export const BlockCard = memo(function BlockCard({ id, data, selected, dragging }: NodeProps<BlockNode>) {
  const { group, name, hue, line, cost, inputs, outputs, problem, learns, bypassed } = data
  const training = useRun((run) => run.phase === 'training')
  return (
    // The keyboard's way is Alt+C.
    // biome-ignore lint/a11y/noStaticElementInteractions: a second way for the mouse
    <div
      className={styles.block}
      onDoubleClick={(event) => {
        event.stopPropagation()
        toggleClosed([group])
      }}
      data-hue={hue}
      data-selected={selected}
      data-dragging={dragging || data.dragging}
      data-problem={problem?.severity ?? 'none'}
      data-bypassed={bypassed}
      data-breathing={training && learns}
    >
      <div className={styles.head}>
        <div className={styles.words}>
          <GroupTitle group={group} name={name} />
          <span className={styles.line} title={line}>
            {bypassed ? 'bypassed' : line}
          </span>
        </div>
        {problem && <ProblemMark severity={problem.severity} message={problem.message} />}
        <GroupTools group={group} name={name} closed onToggle={() => toggleClosed([group])} />
      </div>
      <div className={styles.rows}>
        <Column node={id} title={name} sockets={inputs} focusable={selected} side="input" />
        <Column node={id} title={name} sockets={outputs} focusable={selected} side="output" />
      </div>
      <CostLine cost={cost} />
    </div>
  )
})

/** The sockets of one side with their labels, one below the other; see BLOCK in groupPlaces.ts. */
function Column(props: {
  node: string
  title: string
  sockets: readonly SocketView[]
  focusable: boolean
  side: 'input' | 'output'
}) {
  const { node, title, sockets, focusable, side } = props
  return (
    <div className={styles.column} data-side={side}>
      {sockets.map((socket) => (
        <div key={socket.name} className={styles.row}>
          <span className={styles.socket}>
            <Socket node={node} title={`${title}: ${socket.label}`} socket={socket} focusable={focusable} />
          </span>
          <span className={styles.label} title={socket.label}>
            {socket.label}
          </span>
        </div>
      ))}
    </div>
  )
}
