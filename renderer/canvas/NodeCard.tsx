import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { categories } from '../nodes/categories'
import { IconTile } from '../nodes/IconTile'
import { markOf, useMarks } from '../state/marks'
import { useRun } from '../state/run'
import { useSelection } from '../state/selection'
import { CardTitle } from './CardTitle'
import { CostLine } from './CostLine'
import { socketsHeight } from './expectedSize'
import type { CardNode, SocketView } from './flowViews'
import { GateMeters } from './GateMeters'
import { HeadReading } from './HeadReading'
import styles from './NodeCard.module.css'
import { ProblemMark } from './ProblemMark'
import { Socket } from './Socket'

/** A node on the canvas: icon, name, one line of its settings; while it trains, its live meters. */
export const NodeCard = memo(function NodeCard({ id, data, selected, dragging }: NodeProps<CardNode>) {
  const { title, letter, category, line, cost, problem, inputs, outputs, isHead, learns, collapsed, bypassed } = data
  const renaming = useSelection((selection) => selection.renaming === id)
  const mark = useMarks(markOf(id))
  const training = useRun((run) => run.phase === 'training')
  return (
    <div
      className={styles.card}
      style={{ minHeight: socketsHeight(data) }}
      data-hue={categories[category].hue}
      data-selected={selected}
      data-dragging={dragging}
      data-problem={problem?.severity ?? 'none'}
      data-collapsed={collapsed}
      data-unknown={category === 'unknown'}
      data-bypassed={bypassed}
      data-mark={mark}
      data-breathing={training && learns}
    >
      <Sockets node={id} title={title} sockets={inputs} focusable={selected} />
      <div className={styles.body}>
        <div className={styles.head}>
          <IconTile letter={letter} category={category} />
          <CardTitle node={id} title={title} renaming={renaming} />
          {problem && <ProblemMark severity={problem.severity} message={problem.message} />}
        </div>
        {collapsed && bypassed && <div className={styles.line}>bypassed</div>}
        {!collapsed && <Details node={id} line={line} isHead={isHead} />}
      </div>
      <Sockets node={id} title={title} sockets={outputs} focusable={selected} />
      <CostLine cost={cost} />
    </div>
  )
})

/** What stands below the name: one line of settings, or the newest loss; the gates. */
function Details({ node, line, isHead }: { node: string; line: string; isHead: boolean }) {
  return (
    <>
      {isHead ? (
        <HeadReading line={line} />
      ) : (
        <div className={styles.line} data-long={line.length > SURE_TO_FIT}>
          {line || '\u00a0'}
        </div>
      )}
      <GateMeters node={node} />
    </>
  )
}

/** The sockets of one side, one below the other. */
function Sockets(props: { node: string; title: string; sockets: readonly SocketView[]; focusable: boolean }) {
  const { node, title, sockets, focusable } = props
  return (
    <div className={styles.sockets}>
      {sockets.map((socket) => (
        <Socket key={socket.name} node={node} title={title} socket={socket} focusable={focusable} />
      ))}
    </div>
  )
}

/** Letters that two lines of the narrowest card always have room for. */
const SURE_TO_FIT = 32
