import { Button } from '@mantine/core'
import { IconArrowBarToLeft, IconArrowBarToRight, IconPointFilled, IconTrash } from '@tabler/icons-react'
import { carriedShape } from '../../engine/compile/canConnect'
import { shapeSentence } from '../../engine/nodes/words'
import type { End } from '../canvas/acts/ends'
import { deleteWire } from '../canvas/editing'
import { addReroute } from '../canvas/rerouteEditing'
import { canvasView } from '../canvas/view'
import { endTitle, nodeFacts } from '../nodes/nodeFacts'
import { activeAnalysisOf, activeModelOf, useDocument } from '../state/document'
import styles from './Inspector.module.css'

/** A selected wire: what it joins and what flows along it. */
export function WireInspector({ wire }: { wire: string }) {
  const model = useDocument(activeModelOf)
  const analysis = useDocument(activeAnalysisOf)
  const summary = useDocument((state) => state.summary)
  const batchSize = useDocument((state) => state.document.training.batchSize)
  const ends = model.wires[wire]
  if (!ends) return null
  const title = ({ node, port }: End): string => {
    const facts = nodeFacts(model, node, summary)
    return facts ? endTitle(facts, port) : node
  }
  const shape = carriedShape(analysis, ends.from)
  return (
    <div className={styles.inspector}>
      <header className={styles.header}>
        <h2>Wire</h2>
        <p className={styles.dim}>
          From {title(ends.from)} to {title(ends.to)}.
        </p>
      </header>
      <div className={styles.scroll}>
        <div className={styles.explain}>
          <h3>Carries at each training step</h3>
          <p>{shape && summary ? shapeSentence(shape, summary, batchSize) : 'Not known yet.'}</p>
        </div>
        <Button
          variant="default"
          leftSection={<IconArrowBarToRight size={15} />}
          onClick={() => canvasView.set({ moving: { wire, side: 'input' } })}
        >
          Move its end to…
        </Button>
        <Button
          variant="default"
          leftSection={<IconArrowBarToLeft size={15} />}
          onClick={() => canvasView.set({ moving: { wire, side: 'output' } })}
        >
          Move its beginning to…
        </Button>
        <Button variant="default" leftSection={<IconPointFilled size={15} />} onClick={() => addReroute(wire)}>
          Add a reroute point
        </Button>
        <Button variant="default" leftSection={<IconTrash size={15} />} onClick={() => deleteWire(wire)}>
          Delete wire
        </Button>
      </div>
    </div>
  )
}
