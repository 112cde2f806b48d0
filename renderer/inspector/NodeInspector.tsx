import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { memo, useEffect, useMemo, useState } from 'react'
import { showAndRename } from '../canvas/editing'
import { DataSettings } from '../data/DataSettings'
import type { NodeFacts } from '../nodes/nodeFacts'
import { useSelection } from '../state/selection'
import { ExplainTab } from './ExplainTab'
import styles from './Inspector.module.css'
import { LiveTab } from './LiveTab'
import { NodeProblems } from './NodeProblems'
import { SettingsTab } from './SettingsTab'

const TABS = ['Settings', 'Explain', 'Live'] as const
type Tab = (typeof TABS)[number]

const isTab = (value: string): value is Tab => TABS.some((tab) => tab === value)

/** One node: its settings, what it is in words, and its numbers. */
export const NodeInspector = memo(function NodeInspector({ node, facts }: { node: string; facts: NodeFacts }) {
  const [tab, setTab] = useState<Tab>('Settings')
  const { definition, title, category } = facts
  const nodes = useMemo(() => [node], [node])
  const definitions = useMemo(() => (definition ? [definition] : []), [definition])
  const wished = useSelection((selection) => selection.focus)
  useEffect(() => {
    if (wished?.kind === 'setting') setTab('Settings')
  }, [wished])
  return (
    <div className={styles.inspector}>
      <header className={styles.header}>
        <div className={styles.title}>
          <h2>{title}</h2>
          <Tooltip label="Rename (F2)">
            <ActionIcon size={24} aria-label={`Rename ${title}`} onClick={() => showAndRename(node)}>
              <IconPencil size={15} />
            </ActionIcon>
          </Tooltip>
        </div>
        <p className={styles.dim}>
          {definition
            ? `${title === definition.title ? '' : `${definition.title}. `}${definition.summary}`
            : 'This version of Unroll does not know this node. It is kept as it is, and a newer version can use it.'}
        </p>
      </header>
      {definition && (
        <>
          <SegmentedControl
            className={styles.tabs ?? ''}
            fullWidth
            aria-label="What to show of the node"
            data={[...TABS]}
            value={tab}
            onChange={(value) => {
              if (isTab(value)) setTab(value)
            }}
          />
          {/* Words with nothing to press among them are scrolled by keys. */}
          {/* biome-ignore lint/a11y/useSemanticElements: no group of fields */}
          <div
            className={styles.scroll}
            role="group"
            aria-label={`${tab} of ${title}`}
            tabIndex={tab === 'Settings' ? undefined : 0}
          >
            <NodeProblems node={node} />
            {tab === 'Settings' &&
              (category === 'data' ? <DataSettings /> : <SettingsTab definitions={definitions} nodes={nodes} />)}
            {tab === 'Explain' && <ExplainTab definition={definition} />}
            {tab === 'Live' && <LiveTab node={node} facts={facts} />}
          </div>
        </>
      )}
    </div>
  )
})
