import { Modal } from '@mantine/core'
import { type KeyboardEvent, useId, useState } from 'react'
import { framesAround, nestingOf } from '../../engine/compile/frames'
import type { Model } from '../../engine/document/schema'
import { IconTile } from '../nodes/IconTile'
import { type NodeFacts, nodeFacts } from '../nodes/nodeFacts'
import { activeAnalysisOf, activeModelOf, useDocument } from '../state/document'
import { useSelection } from '../state/selection'
import styles from './AddSearch.module.css'
import { positions } from './editing'
import { seenOf } from './places'
import { canvasView, useCanvasView } from './view'

/** Goes to a node of the model by its name or type: type a few letters, press Enter. */
export function FindNode() {
  const opened = useCanvasView((view) => view.finding)
  return (
    <Modal
      opened={opened}
      onClose={() => canvasView.set({ finding: false })}
      title="Find a node"
      size={420}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {opened && <Finder />}
    </Modal>
  )
}

interface Found {
  id: string
  facts: NodeFacts
}

function Finder() {
  const list = useId()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const model = useDocument(activeModelOf)
  const found = answers(model, text)
  const chosen = found[Math.min(active, found.length - 1)]
  const go = (id: string): void => {
    canvasView.set({ finding: false })
    canvasView.get().port?.focusCanvas()
    // What a collapsed frame hides is found by its frame.
    useSelection.getState().show([seenOf(model, positions(), id)])
  }
  const press = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && found.length > 0) {
      event.preventDefault()
      setActive((Math.min(active, found.length - 1) + step + found.length) % found.length)
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault()
      go(chosen.id)
    }
  }
  return (
    <>
      <input
        className={styles.field}
        data-autofocus
        role="combobox"
        aria-label="Name of the node"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={chosen ? `${list}-${chosen.id}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        placeholder="Name or type"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setActive(0)
        }}
        onKeyDown={press}
      />
      <div className={styles.list} id={list} role="listbox" aria-label="Nodes of the model">
        {found.map((one, index) => (
          <Row
            key={one.id}
            id={`${list}-${one.id}`}
            found={one}
            active={one === chosen}
            onHover={() => setActive(index)}
            onChoose={() => go(one.id)}
          />
        ))}
        {found.length === 0 && <div className={styles.nothing}>No node of this model is called so.</div>}
      </div>
    </>
  )
}

function Row(props: { id: string; found: Found; active: boolean; onHover: () => void; onChoose: () => void }) {
  const { id, found, active, onHover, onChoose } = props
  const line = useDocument((state) => activeAnalysisOf(state).nodes[found.id]?.description ?? '')
  const around = useDocument((state) => {
    const model = activeModelOf(state)
    const [frame] = framesAround(nestingOf(model), found.id)
    return frame === undefined ? '' : `in ${nodeFacts(model, frame, null)?.title ?? ''}`
  })
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
      <IconTile letter={found.facts.letter} category={found.facts.category} />
      <span className={styles.name}>{found.facts.title}</span>
      <span className={styles.summary}>{[line, around].filter((words) => words !== '').join(', ') || '\u00a0'}</span>
    </div>
  )
}

/** Nodes whose name or type holds the words; those that begin with them first. */
function answers(model: Model, text: string): Found[] {
  const words = text.trim().toLowerCase()
  const rank = ({ facts }: Found): number | null => {
    const names = [facts.title, facts.definition?.title ?? '', ...(facts.definition?.synonyms ?? [])]
    const lower = names.map((name) => name.toLowerCase())
    if (lower.slice(0, 2).some((name) => name.startsWith(words))) return 0
    return lower.some((name) => name.includes(words)) ? 1 : null
  }
  return Object.keys(model.nodes)
    .flatMap((id) => {
      const facts = nodeFacts(model, id, null)
      return facts ? [{ id, facts }] : []
    })
    .map((found) => ({ found, score: rank(found) }))
    .filter(({ score }) => score !== null)
    .sort((a, b) => (a.score ?? 0) - (b.score ?? 0))
    .map(({ found }) => found)
}
