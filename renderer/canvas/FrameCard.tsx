import { type NodeProps, NodeResizeControl } from '@xyflow/react'
import { memo } from 'react'
import { categories } from '../nodes/categories'
import { IconTile } from '../nodes/IconTile'
import { markOf, useMarks } from '../state/marks'
import { useRun } from '../state/run'
import { useSelection } from '../state/selection'
import { CardTitle } from './CardTitle'
import { CostLine } from './CostLine'
import styles from './FrameCard.module.css'
import type { CardNode, SocketView } from './flowViews'
import { ProblemMark } from './ProblemMark'
import { FRAME } from './places'
import { Socket } from './Socket'
import { resizeFrame } from './settleDrag'
import { useCanvasView } from './view'

/**
 * A node that holds others: its head is taken hold of like a card, its body is part of the canvas. What comes in is met at its left wall
 * inside, what goes out leaves by its right wall.
 */
export const FrameCard = memo(function FrameCard({ id, data, selected }: NodeProps<CardNode>) {
  const { title, letter, category, line, cost, problem, inputs, outputs, ways, learns, bypassed } = data
  const renaming = useSelection((selection) => selection.renaming === id)
  const mark = useMarks(markOf(id))
  const training = useRun((run) => run.phase === 'training')
  const target = useCanvasView((view) => view.dropFrame === id)
  return (
    <div
      className={styles.frame}
      data-hue={categories[category].hue}
      data-selected={selected}
      data-problem={problem?.severity ?? 'none'}
      data-target={target}
      data-bypassed={bypassed}
      data-mark={mark}
      data-breathing={training && learns}
    >
      <div className={styles.head}>
        <OuterSockets node={id} title={title} sockets={inputs} focusable={selected} />
        <IconTile letter={letter} category={category} />
        <CardTitle node={id} title={title} renaming={renaming} />
        <span className={styles.line}>{line}</span>
        {problem && <ProblemMark severity={problem.severity} message={problem.message} />}
        <OuterSockets node={id} title={title} sockets={outputs} focusable={selected} />
      </div>
      {ways && (
        <>
          <Way node={id} title={title} socket={ways.enter} focusable={selected} />
          <Way node={id} title={title} socket={ways.leave} focusable={selected} />
        </>
      )}
      <div className={styles.words}>
        <span>{inputs[0]?.sentence && `In: ${inputs[0].sentence}`}</span>
        <span>{outputs[0]?.sentence && `Out: ${outputs[0].sentence}`}</span>
      </div>
      <CostLine cost={cost} />
      {selected && (
        <NodeResizeControl
          className={styles.grip ?? ''}
          position="bottom-right"
          autoScale={false}
          minWidth={FRAME.least.width}
          minHeight={FRAME.least.height}
          onResizeEnd={(_event, { width, height }) => resizeFrame(id, { width, height })}
        />
      )}
    </div>
  )
})

function OuterSockets(props: { node: string; title: string; sockets: readonly SocketView[]; focusable: boolean }) {
  const { node, title, sockets, focusable } = props
  return (
    <div className={styles.outer}>
      {sockets.map((socket) => (
        <Socket key={socket.name} node={node} title={title} socket={socket} focusable={focusable} />
      ))}
    </div>
  )
}

/** A frame's way in or out, with the wall that it leads through. */
function Way(props: { node: string; title: string; socket: SocketView; focusable: boolean }) {
  const { node, title, socket, focusable } = props
  const enters = socket.side === 'output'
  const name = `The way ${enters ? 'in' : 'out'} of ${title}`
  return (
    <div className={styles.way} data-side={enters ? 'enter' : 'leave'} style={{ top: FRAME.way - 15 }}>
      <span className={styles.wayWord} aria-hidden="true">
        {enters ? 'in' : 'out'}
      </span>
      <Socket node={node} title={name} socket={socket} focusable={focusable} />
    </div>
  )
}
