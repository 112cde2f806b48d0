import { useEffect } from 'react'
import type { AnyNodeDefinition } from '../../engine/nodes/defineNode'
import { definitionOf, nodeDefinitions } from '../../engine/nodes/index'
import { blockWords, insertBlock } from '../nodes/blocks/blockEditing'
import { blockFits } from '../nodes/blocks/blockJoints'
import { answers, blockOf, readBlocks, useBlocks } from '../nodes/blocks/blocks'
import { findsNote, NOTE_SUMMARY } from '../nodes/blocks/noteSearch'
import { findNodes, groupNodes } from '../nodes/findNodes'
import { soleNode } from '../nodes/nodeFacts'
import { recentNodes } from '../nodes/recentNodes'
import { jointPorts } from './acts/addNode'
import { addAnywhere, addAt, currentContext } from './editing'
import { FloatingPanel } from './FloatingPanel'
import { CARD } from './geometry'
import { addNote } from './notes/noteEditing'
import { type PickGroup, PickList } from './PickList'
import { type AddSearch as AddSearchState, canvasView, useCanvasView } from './view'

/** The list of nodes at the pointer: type a few letters, press Enter. After a wire was dropped it holds only what fits. */
export function AddSearch() {
  const search = useCanvasView((view) => view.search)
  return search && <OpenSearch key={`${search.at.x},${search.at.y}`} search={search} />
}

function OpenSearch({ search }: { search: AddSearchState }) {
  useEffect(() => void readBlocks(), [])
  useBlocks((state) => state.blocks)
  const close = (): void => canvasView.set({ search: null })
  const choose = (type: string): void => {
    close()
    const block = type.startsWith(BLOCK) ? blockOf(type.slice(BLOCK.length)) : null
    if (block) insertBlock(block, search.behindSelected ? undefined : middleOf(search), search.joint)
    if (type === NOTE) addNote(search.behindSelected ? undefined : middleOf(search))
    const definition = definitionOf(type)
    if (!definition) return
    if (search.behindSelected) addAnywhere(definition)
    else addAt(definition, search.place, search.joint)
  }
  return (
    <FloatingPanel at={search.at} onClose={close} width={268} label="Add a node">
      <PickList
        label="Find a node to add"
        listLabel="Nodes"
        placeholder={search.joint ? 'What fits here…' : 'Find a node'}
        nothing="No node fits these letters."
        find={(text) => groupsFor(search, text)}
        onChoose={choose}
      />
    </FloatingPanel>
  )
}

/** Without a search the list keeps the palette's order and titles; while typing the best answer stands first. */
function groupsFor(search: AddSearchState, text: string): PickGroup[] {
  const found = findNodes(candidates(search), text)
  const groups = text.trim() === '' ? withRecent(found) : [{ title: 'Found', nodes: found }]
  const nodeGroups = groups.map(({ title, nodes }) => ({
    title,
    options: nodes.map(({ type, letter, category, title: name, summary }) => ({
      key: type,
      letter,
      category,
      name,
      summary,
    })),
  }))
  const others = othersFor(search, text)
  // Who types the name of a block of their own means it.
  return isNameOfBlock(text) ? [...others, ...nodeGroups] : [...nodeGroups, ...others]
}

const BLOCK = 'block:'
const NOTE = 'note:'

function isNameOfBlock(text: string): boolean {
  const words = text.trim().toLowerCase()
  return words.length > 2 && useBlocks.getState().blocks.some(({ name }) => name.toLowerCase().startsWith(words))
}

function middleOf({ place }: AddSearchState): { x: number; y: number } {
  return { x: place.x + CARD.width / 2, y: place.y + CARD.height / 2 }
}

/** The user's own blocks and notes; where a wire waits only blocks that fit it. */
function othersFor({ joint }: AddSearchState, text: string): PickGroup[] {
  const { summary } = currentContext()
  const found = useBlocks
    .getState()
    .blocks.filter((block) => answers(block, text) && (joint === null || blockFits(block.text, joint, summary)))
  const options = found.map((block) => ({
    key: BLOCK + block.id,
    letter: 'B',
    category: 'unknown' as const,
    name: block.name,
    summary: blockWords(block),
  }))
  const note = { key: NOTE, letter: 'N', category: 'unknown' as const, name: 'Note', summary: NOTE_SUMMARY }
  return [
    ...(options.length > 0 ? [{ title: 'My blocks', options }] : []),
    ...(joint === null && findsNote(text) ? [{ title: 'For readers', options: [note] }] : []),
  ]
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
