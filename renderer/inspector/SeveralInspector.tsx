import { Button } from '@mantine/core'
import { IconCopyPlus, IconTrash } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { AnyNodeDefinition } from '../../engine/nodes/defineNode'
import { definitionOf } from '../../engine/nodes/index'
import { deleteSelection, duplicateSelection } from '../canvas/editing'
import { IconTile } from '../nodes/IconTile'
import { nodeFacts } from '../nodes/nodeFacts'
import { activeModelOf, useDocument } from '../state/document'
import { useSelection } from '../state/selection'
import styles from './Inspector.module.css'
import { SettingsTab } from './SettingsTab'

/** Several nodes at once: what they have in common is set together. */
export function SeveralInspector({ nodes }: { nodes: readonly string[] }) {
  const model = useDocument(activeModelOf)
  const kinds = useKinds(nodes)
  const [only] = kinds
  const unknown = nodes.some((node) => nodeFacts(model, node, null)?.definition === null)
  return (
    <div className={styles.inspector}>
      <header className={styles.header}>
        <h2>{nodes.length} nodes</h2>
        <p className={styles.dim}>
          {only && kinds.length === 1
            ? `All of them are ${only.title}: what you change here changes all.`
            : `${kindWords(kinds)}. What they have in common is set together.`}
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
        {kinds.length > 1 && <Kinds kinds={kinds} nodes={nodes} />}
        {!unknown && <SettingsTab key={nodes.join(',')} definitions={kinds} nodes={nodes} />}
      </div>
    </div>
  )
}

/** From many kinds to the nodes of one, to set all that it has. */
function Kinds({ kinds, nodes }: { kinds: readonly AnyNodeDefinition[]; nodes: readonly string[] }) {
  const model = useDocument(activeModelOf)
  return (
    <section aria-label="Choose one kind">
      <h3 className={styles.section}>Choose one kind</h3>
      <div className={styles.kinds}>
        {kinds.map((kind) => {
          const own = nodes.filter((node) => model.nodes[node]?.type === kind.type)
          return (
            <button
              key={kind.type}
              type="button"
              className={styles.kind}
              onClick={() => useSelection.getState().select({ nodes: own })}
            >
              <IconTile letter={kind.letter} category={kind.category} />
              {kind.title}
              {own.length > 1 && <span className={styles.times}>× {own.length}</span>}
            </button>
          )
        })}
      </div>
    </section>
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
