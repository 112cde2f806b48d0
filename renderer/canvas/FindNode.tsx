import { Modal } from '@mantine/core'
import { framesAround, nestingOf } from '../../engine/compile/frames'
import { type NodeFacts, nodeFacts } from '../nodes/nodeFacts'
import { useDocument } from '../state/document'
import { useSelection } from '../state/selection'
import { currentContext } from './editing'
import { readCanvasId } from './groups/canvasIds'
import { showGroup, shownNow } from './groups/groupEditing'
import { type PickGroup, PickList, type PickOption } from './PickList'
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

function Finder() {
  // Drawn again when the document changes below the dialog.
  useDocument((state) => state.document)
  const go = (id: string): void => {
    canvasView.set({ finding: false })
    canvasView.get().port?.focusCanvas()
    // What a collapsed frame or a closed group hides is found by that.
    const seen = readCanvasId(shownNow(id))
    if (seen.kind === 'group') showGroup(seen.id)
    else useSelection.getState().show([seen.id])
  }
  return (
    <PickList
      label="Name of the node"
      listLabel="Nodes of the model"
      placeholder="Name or type"
      nothing="No node of this model is called so."
      find={answers}
      onChoose={go}
    />
  )
}

/** Nodes whose name or type holds the words; those that begin with them first. */
function answers(text: string): PickGroup[] {
  const words = text.trim().toLowerCase()
  const { model } = currentContext()
  const ranked = Object.keys(model.nodes).flatMap((id) => {
    const facts = nodeFacts(model, id, null)
    const score = facts && rank(facts, words)
    return facts && score !== null ? [{ option: optionOf(id, facts), score }] : []
  })
  const options = ranked.sort((a, b) => a.score - b.score).map(({ option }) => option)
  return options.length > 0 ? [{ title: 'Found', options }] : []
}

/** null: does not answer. */
function rank({ title, definition }: NodeFacts, words: string): number | null {
  const names = [title, definition?.title ?? '', ...(definition?.synonyms ?? [])].map((name) => name.toLowerCase())
  if (names.slice(0, 2).some((name) => name.startsWith(words))) return 0
  return names.some((name) => name.includes(words)) ? 1 : null
}

function optionOf(id: string, { letter, category, title }: NodeFacts): PickOption {
  const { model, analysis } = currentContext()
  const [frame] = framesAround(nestingOf(model), id)
  const around = frame === undefined ? '' : `in ${nodeFacts(model, frame, null)?.title ?? ''}`
  const words = [analysis.nodes[id]?.description ?? '', around].filter((one) => one !== '')
  return { key: id, letter, category, name: title, summary: words.join(', ') || '\u00a0' }
}
