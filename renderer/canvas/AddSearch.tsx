import { type KeyboardEvent, useId, useState } from 'react'
import type { AnyNodeDefinition } from '../../engine/nodes/defineNode'
import { nodeDefinitions } from '../../engine/nodes/index'
import { findNodes, groupNodes } from '../nodes/findNodes'
import { IconTile } from '../nodes/IconTile'
import { soleNode } from '../nodes/nodeFacts'
import { recentNodes } from '../nodes/recentNodes'
import styles from './AddSearch.module.css'
import { jointPorts } from './acts/addNode'
import { addAnywhere, addAt, currentContext } from './editing'
import { FloatingPanel } from './FloatingPanel'
import { type AddSearch as AddSearchState, canvasView, useCanvasView } from './view'

/** The list of nodes at the pointer: type a few letters, press Enter. After a wire was dropped it holds only what fits. */
export function AddSearch() {
  const search = useCanvasView((view) => view.search)
  return search && <OpenSearch key={`${search.at.x},${search.at.y}`} search={search} />
}

function OpenSearch({ search }: { search: AddSearchState }) {
  const list = useId()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const found = findNodes(candidates(search), text)
  // Without a search the list keeps the palette's order and titles; while typing the best answer stands first.
  const groups = text.trim() === '' ? withRecent(found) : [{ title: 'Found', nodes: found }]
  const shown = groups.flatMap(({ nodes }) => nodes)
  const chosen = shown[Math.min(active, shown.length - 1)]

  const close = (): void => canvasView.set({ search: null })
  const choose = (definition: AnyNodeDefinition): void => {
    close()
    if (search.behindSelected) addAnywhere(definition)
    else addAt(definition, search.place, search.joint)
  }
  const press = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && shown.length > 0) {
      event.preventDefault()
      setActive((Math.min(active, shown.length - 1) + step + shown.length) % shown.length)
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault()
      choose(chosen)
    }
  }

  return (
    <FloatingPanel at={search.at} onClose={close} width={268} label="Add a node">
      <input
        className={styles.field}
        data-autofocus
        role="combobox"
        aria-label="Find a node to add"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={chosen ? `${list}-${chosen.type}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        placeholder={search.joint ? 'What fits here…' : 'Find a node'}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setActive(0)
        }}
        onKeyDown={press}
      />
      <div className={styles.list} id={list} role="listbox" aria-label="Nodes">
        {groups.map(({ title, nodes }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of form fields
          <div key={title} role="group" aria-label={title}>
            {text.trim() === '' && <div className={styles.title}>{title}</div>}
            {nodes.map((definition) => (
              <Option
                key={definition.type}
                id={`${list}-${definition.type}`}
                definition={definition}
                active={definition === chosen}
                onHover={() => setActive(shown.indexOf(definition))}
                onChoose={() => choose(definition)}
              />
            ))}
          </div>
        ))}
        {shown.length === 0 && <div className={styles.nothing}>No node fits these letters.</div>}
      </div>
    </FloatingPanel>
  )
}

function Option(props: {
  id: string
  definition: AnyNodeDefinition
  active: boolean
  onHover: () => void
  onChoose: () => void
}) {
  const { id, definition, active, onHover, onChoose } = props
  return (
    // The keys go to the search field, which points here by aria-activedescendant.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      id={id}
      role="option"
      aria-selected={active}
      className={styles.option}
      data-active={active}
      onPointerMove={onHover}
      onClick={onChoose}
      ref={(element) => {
        if (active) element?.scrollIntoView({ block: 'nearest' })
      }}
    >
      <IconTile letter={definition.letter} category={definition.category} />
      <span className={styles.name}>{definition.title}</span>
      <span className={styles.summary}>{definition.summary}</span>
    </div>
  )
}

/** The palette's order, below what was added last. */
function withRecent(found: readonly AnyNodeDefinition[]): { title: string; nodes: AnyNodeDefinition[] }[] {
  const recent = recentNodes().flatMap((type) => found.find((one) => one.type === type) ?? [])
  const others = groupNodes(found.filter((one) => !recent.includes(one)))
  return recent.length > 0 ? [{ title: 'Added last', nodes: recent }, ...others] : others
}

/** Node types that may be added here: not a second data set, and after a dropped wire only those with a fitting socket. */
function candidates({ joint }: AddSearchState): AnyNodeDefinition[] {
  const { model, summary } = currentContext()
  return Object.values(nodeDefinitions).filter(
    (definition) =>
      soleNode(model, definition.type) === null && (joint === null || jointPorts(definition, joint, summary) !== null),
  )
}
