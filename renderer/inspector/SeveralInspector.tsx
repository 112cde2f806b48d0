import { Button } from '@mantine/core'
import { IconCopyPlus, IconTrash } from '@tabler/icons-react'
import { deleteSelection, duplicateSelection } from '../canvas/editing'
import { nodeFacts } from '../nodes/nodeFacts'
import { activeModelOf, useDocument } from '../state/document'
import styles from './Inspector.module.css'
import { SettingsTab } from './SettingsTab'

/** Several nodes at once: those of one type are set together. */
export function SeveralInspector({ nodes }: { nodes: readonly string[] }) {
  const model = useDocument(activeModelOf)
  const definitions = new Set(nodes.map((node) => nodeFacts(model, node, null)?.definition))
  const [only] = definitions
  return (
    <div className={styles.inspector}>
      <header className={styles.header}>
        <h2>{nodes.length} nodes</h2>
        <p className={styles.dim}>
          {only && definitions.size === 1
            ? `All of them are ${only.title}: what you change here changes all.`
            : 'Of several kinds. Choose nodes of one kind to set them together.'}
        </p>
      </header>
      <div className={styles.scroll}>
        <div className={styles.buttons}>
          <Button size="xs" variant="default" leftSection={<IconCopyPlus size={15} />} onClick={duplicateSelection}>
            Duplicate
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconTrash size={15} />}
            onClick={() => deleteSelection({ reconnect: false })}
          >
            Delete
          </Button>
        </div>
        {only && definitions.size === 1 && <SettingsTab definition={only} nodes={nodes} />}
      </div>
    </div>
  )
}
