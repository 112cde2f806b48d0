import { Button, Modal } from '@mantine/core'
import { IconArrowBarToDown } from '@tabler/icons-react'
import { framesAround, nestingOf } from '../../engine/compile/frames'
import { plural } from '../../engine/nodes/words'
import { IconTile } from '../nodes/IconTile'
import { nodeFacts } from '../nodes/nodeFacts'
import { activeModelOf, useDocument } from '../state/document'
import styles from './ConnectDialog.module.css'
import { currentContext } from './editing'
import { framesForSelection, putSelectionInto } from './frameEditing'
import { contentOf } from './places'
import { canvasView, useCanvasView } from './view'

/** Putting nodes into a frame without dragging: every frame that can take them. */
export function PutIntoDialog() {
  const opened = useCanvasView((view) => view.putting)
  useDocument((state) => state.document)
  const close = (): void => canvasView.set({ putting: false })
  return (
    <Modal opened={opened} onClose={close} title="Put into…" size={480} closeButtonProps={{ 'aria-label': 'Close' }}>
      <ul className={styles.list}>
        {opened && framesForSelection().map((frame) => <Choice key={frame} frame={frame} onChosen={close} />)}
      </ul>
    </Modal>
  )
}

function Choice({ frame, onChosen }: { frame: string; onChosen: () => void }) {
  const model = useDocument(activeModelOf)
  const facts = nodeFacts(model, frame, null)
  const held = contentOf(model).get(frame)?.length ?? 0
  const [around] = framesAround(nestingOf(model), frame)
  const where = around === undefined ? '' : `, in ${nodeFacts(currentContext().model, around, null)?.title ?? ''}`
  if (!facts) return null
  return (
    <li className={styles.row}>
      <div className={styles.target}>
        <IconTile letter={facts.letter} category={facts.category} />
        <span className={styles.name}>{facts.title}</span>
        <span className={styles.port}>
          holds {held === 0 ? 'nothing yet' : plural(held, 'node')}
          {where}
        </span>
      </div>
      <Button
        size="xs"
        leftSection={<IconArrowBarToDown size={14} />}
        aria-label={`Put into ${facts.title}`}
        onClick={() => {
          onChosen()
          putSelectionInto(frame)
        }}
      >
        Put in
      </Button>
    </li>
  )
}
