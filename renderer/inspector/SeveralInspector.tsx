import { Button } from '@mantine/core'
import { IconCopyPlus, IconTrash } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { AnyNodeDefinition } from '../../engine/nodes/defineNode'
import { definitionOf } from '../../engine/nodes/index'
import { deleteSelection, duplicateSelection } from '../canvas/editing'
import { nodeFacts } from '../nodes/nodeFacts'
import { activeModelOf, useDocument } from '../state/document'
import styles from './Inspector.module.css'
import { SettingsTab } from './SettingsTab'

/** Several nodes at once: what they have in common is set together. */
export function SeveralInspector({ nodes }: { nodes: readonly string[] }) {
  const model = useDocument(activeModelOf)
  const chosen = useMemo(() => nodes.filter((node) => Object.hasOwn(model.nodes, node)), [model, nodes])
  const kinds = useKinds(chosen)
  const [only] = kinds
  const unknown = chosen.some((node) => nodeFacts(model, node, null)?.definition === null)
  return (
    <div className={styles.inspector}>
      <header className={styles.header}>
        <h2>{chosen.length} nodes</h2>
        <p className={styles.dim}>
          {only && kinds.length === 1
            ? `All of them are ${only.title}: what you change here changes all.`
            : `${kindWords(kinds)}: what you change here changes all of them.`}
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
        {!unknown && <SettingsTab key={chosen.join(',')} definitions={kinds} nodes={chosen} />}
      </div>
    </div>
  )
}

/** The definitions of the chosen nodes, each once; the same list while they are the same. */
function useKinds(nodes: readonly string[]): readonly AnyNodeDefinition[] {
  const model = useDocument(activeModelOf)
  const types = [...new Set(nodes.map((node) => model.nodes[node]?.type ?? ''))].join(' ')
  return useMemo(() => types.split(' ').flatMap((type) => definitionOf(type) ?? []), [types])
}

/** "LSTM, GRU and 2 other kinds" */
function kindWords(kinds: readonly AnyNodeDefinition[]): string {
  const titles = kinds.map(({ title }) => title)
  if (titles.length <= 3) return `${titles.slice(0, -1).join(', ')} and ${titles.at(-1) ?? ''}`
  return `${titles.slice(0, 2).join(', ')} and ${titles.length - 2} other kinds`
}
