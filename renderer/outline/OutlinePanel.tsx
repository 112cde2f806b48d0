import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import {
  IconAlertCircleFilled,
  IconArrowRight,
  IconCopyPlus,
  IconCursorText,
  IconDots,
  IconPlug,
  IconRouteOff,
  IconTrash,
  IconX,
} from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { whyNotBypassed } from '../../engine/compile/bypass'
import { formatCount } from '../../engine/nodes/words'
import { setBypassed } from '../canvas/bypassEditing'
import { deleteNodes, deleteWire, duplicateSelection, renameNode } from '../canvas/editing'
import { groupOf } from '../canvas/groups/blocks'
import { canvasView } from '../canvas/view'
import { approximately } from '../nodes/approximately'
import { IconTile } from '../nodes/IconTile'
import { endTitle, nodeFacts } from '../nodes/nodeFacts'
import { NameField } from '../shell/NameField'
import { activeAnalysisOf, activeModelOf, useDocument } from '../state/document'
import { useSelection } from '../state/selection'
import { OutlineGroup, OutlineNotes } from './OutlineGroup'
import styles from './OutlinePanel.module.css'
import { leaveRow, leaveWire } from './outlineFocus'
import { outlineOrder } from './outlineOrder'

/** The model as a list in the order in which data pass: read it, select, rename, connect and delete without the canvas. */
export function OutlinePanel() {
  const model = useDocument(activeModelOf)
  const list = useRef<HTMLDivElement>(null)
  const walk = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
    const here = rows.findIndex((row) => row.matches(':focus'))
    rows[Math.max(0, Math.min(rows.length - 1, here + step))]?.focus()
  }
  return (
    <div className={styles.panel} ref={list} data-outline>
      <h3 className={styles.title}>{model.name}</h3>
      <ol className={styles.list} aria-label={`Nodes of ${model.name}`}>
        <Level nodes={outlineOrder(model, null)} onWalk={walk} />
      </ol>
      <OutlineNotes onWalk={walk} />
    </div>
  )
}

const noGroups = {}

/** Nodes that lie side by side, those of a group together where the first of them stands. */
function Level({ nodes, onWalk }: { nodes: readonly string[]; onWalk: (event: KeyboardEvent) => void }) {
  const groups = useDocument((state) => state.document.layout[state.activeModel]?.groups ?? noGroups)
  const row = (node: string): ReactNode => <OutlineRow key={node} node={node} onWalk={onWalk} />
  const done = new Set<string>()
  return nodes.flatMap((node) => {
    const group = groupOf(groups, node)
    if (group === null) return row(node)
    if (done.has(group)) return []
    done.add(group)
    const members = nodes.filter((one) => groupOf(groups, one) === group)
    return (
      <OutlineGroup key={`group ${group}`} group={group} onWalk={onWalk}>
        {members.map(row)}
      </OutlineGroup>
    )
  })
}

function OutlineRow({ node, onWalk }: { node: string; onWalk: (event: KeyboardEvent) => void }) {
  const model = useDocument(activeModelOf)
  const summary = useDocument((state) => state.summary)
  const line = useDocument((state) => activeAnalysisOf(state).nodes[node]?.description ?? '')
  const weights = useDocument((state) => {
    const parameters = activeAnalysisOf(state).nodes[node]?.parameters ?? 0
    return parameters > 0 ? `${formatCount(parameters)} weights` : ''
  })
  const work = useDocument((state) => activeAnalysisOf(state).nodes[node]?.flopsPerExample ?? 0)
  const error = useDocument(
    (state) =>
      activeAnalysisOf(state).problems.find(
        ({ place, severity }) =>
          severity === 'error' && (place.kind === 'node' || place.kind === 'port') && place.node === node,
      )?.message,
  )
  const selected = useSelection((selection) => selection.nodes.includes(node))
  const [renaming, setRenaming] = useState(false)
  const facts = nodeFacts(model, node, summary)
  if (!facts) return null
  const wires = Object.entries(model.wires).filter(([, wire]) => wire.from.node === node)
  const held = outlineOrder(model, node)

  const press = (event: KeyboardEvent): void => {
    onWalk(event)
    if (event.key === 'F2') {
      event.preventDefault()
      setRenaming(true)
    }
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      leaveRow(event.currentTarget)
      deleteNodes([node])
    }
  }
  return (
    <li>
      <div className={styles.row} data-selected={selected}>
        {renaming ? (
          <RenameField node={node} title={facts.title} onDone={() => setRenaming(false)} />
        ) : (
          <button
            type="button"
            className={styles.name}
            data-row
            aria-pressed={selected}
            {...(work > 0 ? { title: `About ${approximately(work)} sums per example` } : {})}
            onClick={() => useSelection.getState().show([node])}
            onDoubleClick={() => setRenaming(true)}
            onKeyDown={press}
          >
            <IconTile letter={facts.letter} category={facts.category} />
            <span className={styles.words}>
              <span>{facts.title}</span>
              <span className={styles.line}>{[line, weights].filter((words) => words !== '').join(' · ')}</span>
            </span>
            {error && (
              <span className={styles.error} role="img" aria-label={`Problem: ${error}`} title={error}>
                <IconAlertCircleFilled size={15} aria-hidden="true" />
              </span>
            )}
          </button>
        )}
        <RowMenu node={node} title={facts.title} onRename={() => setRenaming(true)} />
      </div>
      {wires.length > 0 && (
        <ul className={styles.wires} aria-label={`${facts.title} feeds`}>
          {wires.map(([id, wire]) => {
            const target = nodeFacts(model, wire.to.node, summary)
            return (
              <WireRow
                key={id}
                wire={id}
                from={endTitle(facts, wire.from.port)}
                inside={facts.ways?.enter.name === wire.from.port}
                to={target ? endTitle(target, wire.to.port) : wire.to.node}
                target={wire.to.node}
              />
            )
          })}
        </ul>
      )}
      {held.length > 0 && (
        <ol className={styles.held} aria-label={`Nodes in ${facts.title}`}>
          <Level nodes={held} onWalk={onWalk} />
        </ol>
      )}
    </li>
  )
}

function WireRow(props: { wire: string; from: string; inside: boolean; to: string; target: string }) {
  const { wire, from, inside, to, target } = props
  return (
    <li className={styles.wire}>
      <IconArrowRight size={13} aria-hidden="true" />
      <button type="button" className={styles.target} onClick={() => useSelection.getState().show([target])}>
        {inside ? `inside: ${to}` : to}
      </button>
      <Tooltip label="Delete this wire">
        <ActionIcon
          size={20}
          aria-label={`Delete the wire from ${from} to ${to}`}
          onClick={(event) => {
            leaveWire(event.currentTarget)
            deleteWire(wire)
          }}
        >
          <IconX size={13} />
        </ActionIcon>
      </Tooltip>
    </li>
  )
}

function RowMenu({ node, title, onRename }: { node: string; title: string; onRename: () => void }) {
  return (
    <Menu position="bottom-end" width={180} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon size={24} className={styles.more ?? ''} aria-label={`What to do with ${title}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconCursorText size={16} />} onClick={onRename}>
          Rename
        </Menu.Item>
        <Menu.Item leftSection={<IconPlug size={16} />} onClick={() => canvasView.set({ connecting: node })}>
          Connect to…
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCopyPlus size={16} />}
          onClick={() => {
            useSelection.getState().select({ nodes: [node] })
            duplicateSelection()
          }}
        >
          Duplicate
        </Menu.Item>
        <BypassItem node={node} />
        <Menu.Divider />
        <Menu.Item
          className={styles.danger ?? ''}
          leftSection={<IconTrash size={16} />}
          onClick={() => deleteNodes([node])}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function BypassItem({ node }: { node: string }) {
  const model = useDocument(activeModelOf)
  const bypassed = model.nodes[node]?.bypassed === true
  if (whyNotBypassed(model, node) !== null) return null
  return (
    <Menu.Item leftSection={<IconRouteOff size={16} />} onClick={() => setBypassed([node], !bypassed)}>
      {bypassed ? 'Switch on again' : 'Bypass'}
    </Menu.Item>
  )
}

function RenameField({ node, title, onDone }: { node: string; title: string; onDone: () => void }) {
  return (
    <div className={styles.field}>
      <NameField
        value={title}
        label={`Name of ${title}`}
        onCancel={onDone}
        onDone={(name) => {
          onDone()
          if (name.trim() !== title) renameNode(node, name)
        }}
      />
    </div>
  )
}
