import { Panel, useConnection } from '@xyflow/react'
import { nodeFacts } from '../nodes/nodeFacts'
import { activeModelOf, useDocument } from '../state/document'
import styles from './CanvasHints.module.css'
import { endOfHandle } from './groups/canvasIds'
import { useSocketOver } from './useSocketOver'
import { useCanvasView } from './view'
import { wiringOutcome } from './wiringOutcome'

/** What to do next on an almost empty canvas and while a wire is laid by clicking two sockets; what a wire over a socket will do. */
export function CanvasHints() {
  const few = useDocument((state) => Object.keys(activeModelOf(state).nodes).length < 2)
  const from = useCanvasView((view) => (view.wiring?.clicking ? view.wiring.start.node : null))
  const title = useDocument((state) => (from === null ? null : nodeFacts(activeModelOf(state), from, null)?.title))
  const over = useConnection(({ inProgress, toHandle }) => (inProgress && toHandle?.id ? toHandle : null))
  const clicked = useSocketOver()
  const end = over?.id ? endOfHandle(over.nodeId, over.id) : clicked
  const outcome = end ? wiringOutcome(end) : null
  if (outcome !== null) {
    return (
      <Panel position="top-center" className={styles.banner ?? ''}>
        {outcome}
      </Panel>
    )
  }
  if (from !== null) {
    return (
      <Panel position="top-center" className={styles.banner ?? ''}>
        Click a lit socket to connect {title}. <kbd>Esc</kbd> cancels.
      </Panel>
    )
  }
  if (!few) return null
  return (
    <Panel position="bottom-center" className={styles.hint ?? ''}>
      <strong>Build a model from left to right.</strong>
      <span>Pick a node on the left, or double-click here, or drag a wire out of a socket.</span>
    </Panel>
  )
}
