import { Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { shapeSentence } from '../../engine/nodes/words'
import { deleteWire } from '../canvas/editing'
import { nodeFacts } from '../nodes/nodeFacts'
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
  const from = nodeFacts(model, ends.from.node, summary)?.title ?? ends.from.node
  const to = nodeFacts(model, ends.to.node, summary)?.title ?? ends.to.node
  const shape = analysis.nodes[ends.from.node]?.outputs[ends.from.port]
  return (
    <div className={styles.inspector}>
      <header className={styles.header}>
        <h2>Wire</h2>
        <p className={styles.dim}>
          From {from} to {to}.
        </p>
      </header>
      <div className={styles.scroll}>
        <div className={styles.explain}>
          <h3>Carries at each training step</h3>
          <p>{shape && summary ? shapeSentence(shape, summary, batchSize) : 'Not known yet.'}</p>
        </div>
        <Button variant="default" leftSection={<IconTrash size={15} />} onClick={() => deleteWire(wire)}>
          Delete wire
        </Button>
      </div>
    </div>
  )
}
